using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Statements;

/// <summary>Where on the chain a line of a statement stands; lines are ordered by it, and no two stand at the same place.</summary>
/// <param name="Block">Height of the block.</param>
/// <param name="Index">Position of the event in the block.</param>
/// <param name="Transaction">The transaction.</param>
public readonly record struct LinePlace(ulong Block, ulong Index, Bytes32 Transaction) : IComparable<LinePlace>
{
    /// <summary>The place of an event.</summary>
    public static LinePlace Of(LogEntry log) => new(log.BlockNumber, log.Index, log.TransactionHash);

    /// <inheritdoc/>
    public int CompareTo(LinePlace other) => (Block, Index).CompareTo((other.Block, other.Index));

    /// <summary>Before.</summary>
    public static bool operator <(LinePlace left, LinePlace right) => left.CompareTo(right) < 0;

    /// <summary>After.</summary>
    public static bool operator >(LinePlace left, LinePlace right) => left.CompareTo(right) > 0;

    /// <summary>Before, or the same.</summary>
    public static bool operator <=(LinePlace left, LinePlace right) => left.CompareTo(right) <= 0;

    /// <summary>After, or the same.</summary>
    public static bool operator >=(LinePlace left, LinePlace right) => left.CompareTo(right) >= 0;
}
