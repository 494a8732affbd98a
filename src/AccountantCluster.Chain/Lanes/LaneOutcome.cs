using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What became of an order, for good: enough blocks lie on top of it.</summary>
/// <param name="Kind">What.</param>
/// <param name="Nonce">The nonce that it held.</param>
/// <param name="Hash">The transaction that was mined; zero where it is none of the lane's.</param>
/// <param name="Block">Height of its block, or of the block by which the nonce was taken.</param>
/// <param name="GasUsed">Gas that was paid.</param>
/// <param name="GasPriceWei">What a unit of gas cost.</param>
public sealed record LaneOutcome(LaneOutcomeKind Kind, ulong Nonce, Bytes32 Hash, ulong Block, ulong GasUsed, UInt128 GasPriceWei);
