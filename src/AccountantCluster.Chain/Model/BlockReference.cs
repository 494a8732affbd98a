using System.Globalization;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Says which block's state is meant.</summary>
public readonly record struct BlockReference
{
    private BlockReference(string? tag, Bytes32? hash) => (Tag, Hash) = (tag, hash);

    /// <summary>The newest block.</summary>
    public static BlockReference Latest { get; } = new("latest", null);

    /// <summary>The newest block and the transactions that wait for the next.</summary>
    public static BlockReference Pending { get; } = new("pending", null);

    /// <summary>A word or a hexadecimal number of JSON-RPC; null where the hash says it.</summary>
    public string? Tag { get; }

    /// <summary>The block's hash; null where the tag says it.</summary>
    public Bytes32? Hash { get; }

    /// <summary>Whether the newest block is meant, which is another one with every look.</summary>
    internal bool IsLatest => this == Latest || this == default;

    /// <summary>The height; null where a hash or a word says which block.</summary>
    internal ulong? Number =>
        Tag is ['0', 'x', .. var digits] ? ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : null;

    /// <summary>The block of that height, whichever it is when the node reads it.</summary>
    public static BlockReference At(ulong number) => new($"0x{number:x}", null);

    /// <summary>Exactly that block: an error if it is no longer part of the chain.</summary>
    public static BlockReference At(Bytes32 hash) => new(null, hash);

    /// <summary>Exactly that block.</summary>
    public static BlockReference At(Block block) => At(block.Hash);
}
