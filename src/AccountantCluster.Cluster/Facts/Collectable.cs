using System.Collections.Immutable;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>What the accountant can collect from a consumer channel on chain.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Promise">The highest promise whose R is known; null before the first.</param>
/// <param name="Settled">Settled on chain, at the last confirmed block, in token base units.</param>
public sealed record Collectable(Address Channel, SettleablePromise? Promise, Amount Settled)
{
    /// <summary>Highest amount accepted, in token base units.</summary>
    public Amount Promised { get; init; }

    /// <summary>Sum of all agreements, in token base units.</summary>
    public Amount Credited { get; init; }

    /// <summary>Who was credited.</summary>
    public ImmutableArray<Address> Providers { get; init; } = [];

    /// <summary>What collecting would bring if the channel holds it, in token base units.</summary>
    public Amount Unsettled => (Promise?.Amount ?? Amount.Zero).SaturatingSubtract(Settled);
}
