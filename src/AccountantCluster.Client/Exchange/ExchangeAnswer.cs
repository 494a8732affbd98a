using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Exchange;

/// <summary>
/// What an accountant says to a batch: well-formed, and not to be believed before it is verified. Amounts in token base units.
/// </summary>
/// <param name="Reveals">One reason per reveal; None: known.</param>
/// <param name="Promises">One result per promise, in the order of the batch.</param>
/// <param name="Promise">The accountant's promise; null where nothing was signed.</param>
/// <param name="Reason">Why nothing was signed, or why the whole batch was refused.</param>
/// <param name="Promised">Highest total ever signed for the provider, by the accountant's word.</param>
/// <param name="Settled">Settled on chain, by the accountant's word.</param>
/// <param name="Balance">The channel's guaranteed balance, by the accountant's word.</param>
/// <param name="Loan">The provider's loan, by the accountant's word.</param>
public sealed record ExchangeAnswer(
    IReadOnlyList<RejectionReason> Reveals,
    IReadOnlyList<PromiseResult> Promises,
    AccountantPromise? Promise,
    RejectionReason Reason,
    Amount Promised,
    Amount Settled,
    Amount Balance,
    Amount Loan)
{
    /// <summary>The answer to a batch of which nobody can say what became of it.</summary>
    public static ExchangeAnswer OutcomeUnknown(ExchangeBatch batch) => new(
        [.. (batch.Reveals ?? []).Select(_ => RejectionReason.OutcomeUnknown)],
        [.. batch.Promises.Select(_ => new PromiseResult(RejectionReason.OutcomeUnknown, default, default, null, null))],
        null,
        RejectionReason.OutcomeUnknown,
        default,
        default,
        default,
        default);
}

/// <summary>What an accountant says to one promise. Amounts in token base units.</summary>
/// <param name="Reason">None: accepted.</param>
/// <param name="Credited">What it added to its agreement; information only.</param>
/// <param name="Fee">The accountant's fee on it; information only.</param>
/// <param name="Expected">With PROMISE_TOO_LOW: the amount that passes for the same agreement total.</param>
/// <param name="Proof">With PROMISE_TOO_LOW: the consumer's own highest accepted promise.</param>
public sealed record PromiseResult(RejectionReason Reason, Amount Credited, Amount Fee, Amount? Expected, SignedPromise? Proof);

/// <summary>An accountant's promise as it came: whose signature it is was not looked at.</summary>
/// <param name="Amount">Cumulative amount, fees taken off, in token base units.</param>
/// <param name="Hashlock">The hashlock under which it settles.</param>
/// <param name="Signature">Somebody's.</param>
public sealed record AccountantPromise(Amount Amount, Hashlock Hashlock, Signature Signature);
