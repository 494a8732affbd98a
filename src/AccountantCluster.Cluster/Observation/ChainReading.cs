using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>What one look at the chain's logs brought.</summary>
/// <param name="Events">To be stored, in this order; none where no new block is confirmed.</param>
/// <param name="Confirmed">The newest confirmed block, if everything up to it has been read; null where more is to be read first.</param>
/// <param name="Reveals">Rs that settlements made public.</param>
/// <param name="Touched">Accounts with which something happened: a hint that those among them that are channels have news.</param>
internal sealed record ChainReading(
    ImmutableArray<ObserverEvent> Events,
    Block? Confirmed,
    ImmutableArray<(Address Provider, Preimage R)> Reveals,
    IReadOnlySet<Address> Touched)
{
    /// <summary>Blocks that were read before and are not part of the chain any more; 0 where all are.</summary>
    public ulong WentBack { get; init; }
}
