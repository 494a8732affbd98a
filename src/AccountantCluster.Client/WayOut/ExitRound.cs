using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>
/// Which consumers' channels are looked at next, in turn, so that one look stays small however many consumers there are; who is leaving is
/// looked at each time. What was seen is remembered.
/// </summary>
internal sealed class ExitRound(int perLook)
{
    private readonly Dictionary<Address, RowOnChain> _seen = [];
    private Address _last;

    /// <summary>What those who are leaving have promised and still have.</summary>
    public Amount Leaving => CappedSum.Of(_seen.Values.Where(IsLeaving).Select(row => row.Worth));

    /// <summary>What all rows together could bring, as far as they were looked at.</summary>
    public Amount Collectable => CappedSum.Of(_seen.Values.Select(row => row.Worth));

    /// <summary>Who is leaving.</summary>
    public IReadOnlyList<Address> LeavingConsumers => [.. _seen.Where(pair => IsLeaving(pair.Value)).Select(pair => pair.Key).Order()];

    /// <summary>The rows to be looked at now.</summary>
    public IReadOnlyList<CollectablePromise> Next(IReadOnlyList<CollectablePromise> rows)
    {
        var ordered = rows.OrderBy(row => row.Promise.Consumer).ToArray();
        var start = Array.FindIndex(ordered, row => row.Promise.Consumer > _last);
        if (start < 0) start = 0;
        var next = ordered.Skip(start).Concat(ordered.Take(start)).Take(perLook).ToList();
        if (next.Count > 0) _last = next[^1].Promise.Consumer;
        var chosen = next.Select(row => row.Promise.Consumer).ToHashSet();
        next.AddRange(ordered.Where(row =>
            !chosen.Contains(row.Promise.Consumer) && _seen.TryGetValue(row.Promise.Consumer, out var seen) && IsLeaving(seen)));
        return next;
    }

    /// <summary>Remembers what the chain said.</summary>
    public void Saw(IEnumerable<RowOnChain> rows)
    {
        foreach (var row in rows) _seen[row.Promise.Promise.Consumer] = row;
    }

    private static bool IsLeaving(RowOnChain row) => row.IsLeaving && !row.Worth.IsZero;
}
