using AccountantCluster.Chain;

namespace AccountantCluster.Cluster;

/// <summary>Whose lane it is. The key stays with its signer, and sends through this lane alone.</summary>
/// <param name="ChainId">The chain.</param>
/// <param name="Signer">Signs for whoever pays for gas.</param>
/// <param name="Options">What it may spend.</param>
/// <param name="Interval">Pause between two looks at the chain.</param>
public sealed record LaneKey(ulong ChainId, ITransactionSigner Signer, LaneOptions Options, TimeSpan Interval);
