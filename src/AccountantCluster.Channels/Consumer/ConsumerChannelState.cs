using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>All that the accountant knows of one paying channel (protocol §4). Amounts in token base units.</summary>
public sealed record ConsumerChannelState
{
    /// <summary>A channel of which nothing is known.</summary>
    public static ConsumerChannelState Empty { get; } = new();

    /// <summary>The newest confirmed block's word.</summary>
    public ConsumerChannelFacts Facts { get; init; }

    /// <summary>Whether an admin refuses new promises.</summary>
    public bool Frozen { get; init; }

    /// <summary>Number of the newest block in which an exit request was seen, confirmed or not; 0 where none was.</summary>
    public ulong ExitSeenAt { get; init; }

    /// <summary>The latest exit that the operator consented to; null before the first.</summary>
    public ExitConsent? Consent { get; init; }

    /// <summary>
    /// The registration that the accountant holds, be its time over or not; null where there is none, and once a confirmed block says that
    /// the channel is registered.
    /// </summary>
    public Opening? Opening { get; init; }

    /// <summary>The highest promise accepted; null before the first.</summary>
    public VerifiedPromise? Latest { get; init; }

    /// <summary>The highest promise whose R is known; null before the first.</summary>
    public SettleablePromise? Settleable { get; init; }

    /// <summary>The unrevealed steps above <see cref="SettleableAmount"/>, lowest amount first.</summary>
    public ImmutableArray<Rung> Rungs { get; init; } = [];

    /// <summary>Agreements per provider.</summary>
    public ImmutableDictionary<Address, ProviderAgreements> Agreements { get; init; } =
        ImmutableDictionary<Address, ProviderAgreements>.Empty;

    /// <summary>Sum of all agreement totals, closed ones included.</summary>
    public Amount Credited { get; init; }

    /// <summary>
    /// What the consumer can spend in all: deposited at the newest confirmed block, less what an exit may still take; before registration
    /// <see cref="Provisional"/>.
    /// </summary>
    public Amount Deposited =>
        Facts.Registered ? Facts.Deposited.SaturatingSubtract(OutstandingConsent?.Amount ?? Amount.Zero) : Provisional;

    /// <summary>
    /// What can be spent before registration (paper §4.7): as much as was granted, of what registration leaves of the tokens at the
    /// predicted address. Zero once the channel is registered, or the time of the held registration is over.
    /// </summary>
    public Amount Provisional => !Facts.Registered && Opening is { } opening && opening.HoldsAt(Facts.Time)
        ? Amount.Min(Facts.Granted, Facts.Deposited.SaturatingSubtract(opening.Cost))
        : Amount.Zero;

    /// <summary>Whether there is, or was to be, a channel: registered in a confirmed block, or with a held registration.</summary>
    public bool IsKnown => Facts.Registered || Opening is not null;

    /// <summary>Whether anything new can be accepted at all (rule 1).</summary>
    public bool IsOpen => Facts.Registered || !Provisional.IsZero;

    /// <summary>The consented exit that may still be paid after the newest confirmed block; null where there is none.</summary>
    public ExitConsent? OutstandingConsent => Consent is { } consent && consent.IsOutstanding(Facts) ? consent : null;

    /// <summary>
    /// Whether an exit request is open, or was seen in a block about which no confirmed block has spoken yet (rule 5).
    /// </summary>
    public bool IsExiting => Facts.Exiting || ExitSeenAt > Facts.Block;

    /// <summary>Highest amount accepted.</summary>
    public Amount Promised => Latest?.Promise.Amount ?? Amount.Zero;

    /// <summary>Highest amount whose R is known.</summary>
    public Amount SettleableAmount => Settleable?.Amount ?? Amount.Zero;

    /// <summary>Credit that is revealed, or covered by what is settleable.</summary>
    public Amount CoveredCredit => Rungs.Aggregate(Credited, (rest, rung) => rest - rung.Credit);

    /// <summary>The agreements with one provider.</summary>
    public ProviderAgreements With(Address provider) => Agreements.GetValueOrDefault(provider, ProviderAgreements.None);
}
