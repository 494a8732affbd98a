using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>The header of a block.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">Its identity.</param>
/// <param name="ParentHash">The block below.</param>
/// <param name="Timestamp">Unix time in seconds.</param>
/// <param name="BaseFeePerGasWei">What every unit of gas costs at least.</param>
public sealed record Block(ulong Number, Bytes32 Hash, Bytes32 ParentHash, ulong Timestamp, UInt128 BaseFeePerGasWei);
