using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>A hashlock of the provider whose R is not known.</summary>
/// <param name="Credit">Gross credit that waits under it, in token base units.</param>
/// <param name="Consumers">The consumer channels that credited under it: they are told R when it is revealed.</param>
public sealed record OpenHashlock(Amount Credit, ImmutableHashSet<Address> Consumers)
{
    /// <summary>Nothing waits.</summary>
    public static OpenHashlock Empty { get; } = new(Amount.Zero, []);
}
