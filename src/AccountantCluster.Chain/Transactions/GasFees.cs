namespace AccountantCluster.Chain;

/// <summary>What a unit of gas may cost (EIP-1559).</summary>
/// <param name="PriorityWei">What the block's builder gets on top of the base fee, at most.</param>
/// <param name="MaxWei">What it may cost altogether; no less than the priority fee.</param>
public readonly record struct GasFees(UInt128 PriorityWei, UInt128 MaxWei);
