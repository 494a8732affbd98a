using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A block that was read: where it stood, and which it was.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">Its identity.</param>
public readonly record struct BlockPosition(ulong Number, Bytes32 Hash)
{
    /// <summary>The position of a block.</summary>
    public static BlockPosition Of(Block block) => new(block.Number, block.Hash);
}
