namespace AccountantCluster.Chain;

/// <summary>What gas costs now.</summary>
/// <param name="NextBaseFeePerGasWei">The base fee of the next block.</param>
/// <param name="PriorityFeePerGasWei">What the middle transaction of recent blocks paid on top.</param>
public sealed record FeeSuggestion(UInt128 NextBaseFeePerGasWei, UInt128 PriorityFeePerGasWei);
