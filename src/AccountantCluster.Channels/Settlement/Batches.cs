using System.Collections.Immutable;

namespace AccountantCluster.Channels.Settlement;

/// <summary>Cuts rows into transactions.</summary>
public static class Batches
{
    /// <summary>As many rows for each as its gas allows, and about as many in the last one as in the others.</summary>
    /// <param name="rows">All of them, the most urgent first.</param>
    /// <param name="gasPerRow">What a row needs.</param>
    /// <param name="gasPerBatch">What a transaction may need in all.</param>
    /// <param name="maxRows">Rows of a transaction, however cheap they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">Rows cost nothing, or not even one may be in a transaction.</exception>
    public static ImmutableArray<ImmutableArray<TRow>> Cut<TRow>(
        ImmutableArray<TRow> rows, ulong gasPerRow, ulong gasPerBatch, int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfZero(gasPerRow);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        if (rows.IsEmpty) return [];
        var most = (int)Math.Clamp(gasPerBatch / gasPerRow, 1, (ulong)maxRows);
        var batches = (rows.Length + most - 1) / most;
        var size = (rows.Length + batches - 1) / batches;
        return [.. rows.Chunk(size).Select(chunk => chunk.ToImmutableArray())];
    }
}
