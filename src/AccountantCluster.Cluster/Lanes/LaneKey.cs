using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>Whose lane it is. The key stays with whoever gives it, and sends through this lane alone.</summary>
/// <param name="ChainId">The chain.</param>
/// <param name="Key">Pays for gas.</param>
/// <param name="Options">What it may spend.</param>
/// <param name="Interval">Pause between two looks at the chain.</param>
public sealed record LaneKey(ulong ChainId, PrivateKey Key, LaneOptions Options, TimeSpan Interval);
