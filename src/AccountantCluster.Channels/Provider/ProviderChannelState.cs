using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>All that the accountant knows of one receiving channel (protocol §4). Amounts in token base units.</summary>
public sealed record ProviderChannelState
{
    /// <summary>A channel of which nothing is known.</summary>
    public static ProviderChannelState Empty { get; } = new();

    /// <summary>The newest confirmed block's word.</summary>
    public ProviderChannelFacts Facts { get; init; }

    /// <summary>Cumulative credit per consumer channel: what makes a credit that comes twice count once.</summary>
    public ImmutableDictionary<Address, Amount> CreditedBy { get; init; } = ImmutableDictionary<Address, Amount>.Empty;

    /// <summary>Sum of all credits, fees included.</summary>
    public Amount Gross { get; init; }

    /// <summary>The part of <see cref="Gross"/> whose R is known.</summary>
    public Amount Revealed { get; init; }

    /// <summary>
    /// Hashlocks whose R is not known: those that were credited under, and that of the last total where it opens one of them.
    /// </summary>
    public ImmutableDictionary<Hashlock, OpenHashlock> Open { get; init; } = ImmutableDictionary<Hashlock, OpenHashlock>.Empty;

    /// <summary>
    /// Rs that became known, oldest first, of a chain those that lead down to all others; at most
    /// <see cref="ChannelLimits.PreimagesKept"/>.
    /// </summary>
    public ImmutableList<Preimage> KnownPreimages { get; init; } = [];

    /// <summary>Rs that consumer channels have not acknowledged, by hashlock.</summary>
    public ImmutableDictionary<Hashlock, PendingReveal> PendingReveals { get; init; } = ImmutableDictionary<Hashlock, PendingReveal>.Empty;

    /// <summary>The accountant's fee.</summary>
    public FeeSchedule Fees { get; init; } = FeeSchedule.Free;

    /// <summary>The latest total signed; null before the first. No lower one is ever signed.</summary>
    public SignedTotal? LastSigned { get; init; }

    /// <summary>
    /// Highest total that the provider proved by the accountant's own promise and its R: owed, whatever the books say; zero where the books
    /// were never behind.
    /// </summary>
    public Amount Proven { get; init; }

    /// <summary>
    /// Highest total that was signed under a hashlock whose R is known, fees taken off: what the accountant may pay on its own, because it
    /// can collect it.
    /// </summary>
    public Amount Settleable { get; init; }

    /// <summary>Highest total ever signed, fees taken off.</summary>
    public Amount Promised => Amount.Max(LastSigned?.Promised ?? Amount.Zero, Proven);
}
