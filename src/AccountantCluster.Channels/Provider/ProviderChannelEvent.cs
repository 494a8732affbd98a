using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>What happened to a provider channel: the closed set that its journal holds.</summary>
public abstract record ProviderChannelEvent
{
    private ProviderChannelEvent()
    {
    }

    /// <summary>Consumer channels credited the provider.</summary>
    /// <param name="Credits">What was new, each starting where the consumer channel's known total ended.</param>
    public sealed record CreditsRecorded(ImmutableArray<RecordedCredit> Credits) : ProviderChannelEvent;

    /// <summary>Rs became known.</summary>
    /// <param name="Preimages">Each opens one hashlock: an open one, or one that the provider is about to use.</param>
    public sealed record HashlocksRevealed(ImmutableArray<Preimage> Preimages) : ProviderChannelEvent;

    /// <summary>The accountant puts its name to a total; the signature follows from it.</summary>
    /// <param name="Total">What is signed.</param>
    /// <param name="IsRevealed">Whether all credit in it was revealed: then nothing waits for R of its hashlock.</param>
    public sealed record PromiseAuthorised(SignedTotal Total, bool IsRevealed) : ProviderChannelEvent;

    /// <summary>Another rate of the accountant's fee counts from the gross total reached.</summary>
    /// <param name="BasisPoints">Hundredths of a per cent.</param>
    public sealed record FeeChanged(ushort BasisPoints) : ProviderChannelEvent;

    /// <summary>
    /// The provider proved a higher total than is remembered, by the accountant's own promise: the books were restored from an old backup.
    /// </summary>
    /// <param name="Promised">What was promised, fees taken off, in token base units; its R is known.</param>
    public sealed record TotalProven(Amount Promised) : ProviderChannelEvent;

    /// <summary>A confirmed block said something new about the channel.</summary>
    /// <param name="Facts">What it said.</param>
    public sealed record ChainObserved(ProviderChannelFacts Facts) : ProviderChannelEvent;
}
