namespace AccountantCluster.Cluster;

/// <summary>What clients of a transaction maker must know to sign for it.</summary>
/// <param name="ChainId">The chain.</param>
/// <param name="Registry">The registry.</param>
/// <param name="Token">What is paid in.</param>
/// <param name="Receiver">The transaction maker that signatures name.</param>
/// <param name="RowsPerRecovery">Consumers' promises in one recovery, at most.</param>
public sealed record MakerTerms(ulong ChainId, Address Registry, Address Token, Address Receiver, int RowsPerRecovery);
