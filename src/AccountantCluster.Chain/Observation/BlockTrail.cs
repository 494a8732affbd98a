using System.Collections.Immutable;

namespace AccountantCluster.Chain;

/// <summary>
/// The way that a reader of the chain has come: blocks up to which everything was read, with their hashes. Where the chain was reorganised
/// below them, the reader goes back along its trail to a block that is still there, and reads from that one again.
/// </summary>
/// <param name="Positions">The oldest first.</param>
public sealed record BlockTrail(ImmutableList<BlockPosition> Positions)
{
    /// <summary>
    /// Positions that are kept. The newest are one look apart and the older ones further, so they reach far below any reorganisation that a
    /// chain survives; below all of them everything is read again.
    /// </summary>
    public const int Kept = 128;

    /// <summary>Nothing was read.</summary>
    public static BlockTrail Empty { get; } = new([]);

    /// <summary>Up to where everything was read; null: nothing was.</summary>
    public BlockPosition? Newest => Positions is [.., var last] ? last : null;

    /// <summary>The trail, one step further.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above the newest one.</exception>
    public BlockTrail Add(BlockPosition position)
    {
        if (Newest is { } newest && position.Number <= newest.Number)
            throw new ArgumentOutOfRangeException(nameof(position), position.Number, $"Block {newest.Number} was read already.");
        var positions = Positions.Add(position);
        return new BlockTrail(positions.Count <= Kept ? positions : positions.RemoveAt(0));
    }

    /// <summary>The trail without everything above a height.</summary>
    public BlockTrail BackTo(ulong number) => new(Positions.RemoveAll(position => position.Number > number));

    /// <inheritdoc/>
    public bool Equals(BlockTrail? other) => other is not null && Positions.SequenceEqual(other.Positions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Positions.Count, Newest);
}
