namespace AccountantCluster.Protocol;

/// <summary>A provider's place in its hash chain of windows (protocol §5).</summary>
/// <param name="Instance">Random number of the chain, new at every process start.</param>
/// <param name="Window">The open window, 0 to 65,535.</param>
public readonly record struct ChainPosition(ulong Instance, uint Window);
