namespace AccountantCluster.Reliability.Network;

/// <summary>One start of a node's process.</summary>
/// <param name="Node">The node, from 0.</param>
/// <param name="At">When, from the beginning of the run.</param>
/// <param name="Why">What ended the one before.</param>
internal sealed record NodeStart(int Node, TimeSpan At, string Why);
