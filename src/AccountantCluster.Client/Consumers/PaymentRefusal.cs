namespace AccountantCluster.Client.Consumers;

/// <summary>Why a consumer does not sign.</summary>
public enum PaymentRefusal
{
    /// <summary>It signs.</summary>
    None = 0,

    /// <summary>The invoice has no hashlock.</summary>
    HashlockMissing,

    /// <summary>The invoice is from another provider than the one that the consumer deals with.</summary>
    WrongProvider,

    /// <summary>The invoice's total is zero or below what was promised for the agreement before.</summary>
    TotalTooLow,

    /// <summary>The invoice asks for more than the consumer agreed to.</summary>
    MoreThanAgreed,

    /// <summary>More than was deposited would be promised.</summary>
    DepositTooSmall,

    /// <summary>The agreement is older than those that are kept.</summary>
    AgreementClosed,

    /// <summary>The rejection is not one that signing another amount resolves: only PROMISE_TOO_LOW with an expected amount is.</summary>
    NotResolvable,

    /// <summary>The rejected promise is not the latest that this consumer signed for the agreement.</summary>
    NotLatestPromise,

    /// <summary>A lie: the expected amount is not above the rejected one.</summary>
    ExpectedNotAboveRejected,

    /// <summary>A lie: the proof is missing, is the rejected promise itself, or was not signed by this consumer.</summary>
    ProofInvalid,

    /// <summary>A lie: the expected amount is above what the proof and the unpaid invoice explain.</summary>
    ExpectedNotProven,

    /// <summary>
    /// The same payment was rejected too often: one that is told the truth is rejected once, or once more if another device was faster.
    /// </summary>
    TooManyRejections,

    /// <summary>Another exit was signed, and may still be paid.</summary>
    ExitOutstanding,

    /// <summary>The consumer has requested its exit on chain: nothing new is promised until it is paid or has lapsed.</summary>
    ChannelExiting,
}
