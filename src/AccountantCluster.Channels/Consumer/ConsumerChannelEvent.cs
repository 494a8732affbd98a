using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>What happened to a consumer channel: the closed set that its journal holds.</summary>
public abstract record ConsumerChannelEvent
{
    private ConsumerChannelEvent()
    {
    }

    /// <summary>A promise was accepted and its delta credited.</summary>
    /// <param name="Promise">The consumer's promise.</param>
    /// <param name="Delta">What it added to its agreement, in token base units; zero for a cover.</param>
    /// <param name="R">Opens the promise's hashlock, where it was known already.</param>
    public sealed record PromiseAccepted(VerifiedPromise Promise, Amount Delta, Preimage? R) : ConsumerChannelEvent;

    /// <summary>An R became known that opens one or more rungs.</summary>
    /// <param name="R">The R.</param>
    public sealed record HashlockRevealed(Preimage R) : ConsumerChannelEvent;

    /// <summary>
    /// A promise with its R was taken back that nobody remembered: the books were restored from an old backup. Credits nobody.
    /// </summary>
    /// <param name="Promise">The consumer's promise.</param>
    /// <param name="R">Opens its hashlock.</param>
    public sealed record PromiseProven(VerifiedPromise Promise, Preimage R) : ConsumerChannelEvent;

    /// <summary>A confirmed block said something new about the channel.</summary>
    /// <param name="Facts">What it said.</param>
    public sealed record ChainObserved(ConsumerChannelFacts Facts) : ConsumerChannelEvent;

    /// <summary>An exit request was seen in a block that is not confirmed yet.</summary>
    /// <param name="Block">Number of the block.</param>
    public sealed record ExitSeen(ulong Block) : ConsumerChannelEvent;

    /// <summary>The operator consents to an exit: what it pays is taken off deposited from now on.</summary>
    /// <param name="Consent">What may be signed.</param>
    public sealed record ConsentGiven(ExitConsent Consent) : ConsumerChannelEvent;

    /// <summary>An admin froze or released the channel.</summary>
    /// <param name="Frozen">Whether new promises are refused.</param>
    public sealed record FreezeChanged(bool Frozen) : ConsumerChannelEvent;

    /// <summary>The accountant holds a registration, so that its consumer may pay before it is mined.</summary>
    /// <param name="Opening">The registration.</param>
    public sealed record RegistrationHeld(Opening Opening) : ConsumerChannelEvent;
}
