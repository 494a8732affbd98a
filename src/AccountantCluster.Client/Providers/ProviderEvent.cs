using System.Collections.Immutable;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>What happened to a provider's books: the closed set that its store writes.</summary>
internal abstract record ProviderEvent
{
    private ProviderEvent()
    {
    }

    /// <summary>A new hash chain: its first window is open.</summary>
    public sealed record ChainBegun(ulong Instance, Hashlock First) : ProviderEvent;

    /// <summary>R of a window, and of the windows below it, may be disclosed from now on.</summary>
    /// <param name="Hashlock">The window.</param>
    /// <param name="Position">Where it stands.</param>
    /// <param name="Next">The window that opens in its place; null where the window belongs to an earlier chain.</param>
    public sealed record WindowClosed(Hashlock Hashlock, ChainPosition Position, Hashlock? Next) : ProviderEvent;

    /// <summary>The accountant has R of a window.</summary>
    public sealed record RevealAcknowledged(ChainPosition Position) : ProviderEvent;

    /// <summary>A service session began.</summary>
    public sealed record AgreementOpened(AgreementKey Key) : ProviderEvent;

    /// <summary>An agreement is over and counts only in the sum.</summary>
    public sealed record AgreementFolded(AgreementKey Key) : ProviderEvent;

    /// <summary>Promises go to the accountant: from now on it may have them.</summary>
    public sealed record PromisesHandedIn(ImmutableArray<SignedPromise> Promises) : ProviderEvent;

    /// <summary>The accountant accepted a promise, or said that it had.</summary>
    public sealed record PromiseAccepted(SignedPromise Promise) : ProviderEvent;

    /// <summary>The accountant refused a promise.</summary>
    public sealed record PromiseRefused(SignedPromise Promise, RejectionReason Reason) : ProviderEvent;

    /// <summary>The provider gives up what a consumer's refused and unanswered promises are worth.</summary>
    public sealed record WrittenOff(Address Consumer) : ProviderEvent;

    /// <summary>A promise of the accountant that was verified.</summary>
    public sealed record PromiseHeld(HeldPromise Promise) : ProviderEvent;

    /// <summary>The accountant's fee was read on chain.</summary>
    public sealed record FeeConfirmed(uint BasisPoints) : ProviderEvent;
}
