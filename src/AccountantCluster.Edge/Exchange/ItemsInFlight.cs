namespace AccountantCluster.Edge;

/// <summary>Promises and reveals that were read and not answered yet: what bounds the node's memory, whoever sent them.</summary>
internal sealed class ItemsInFlight(EdgeLimits limits)
{
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes room for so many; false when there is none.</summary>
    public bool TryEnter(int items)
    {
        if (Interlocked.Add(ref _count, items) <= limits.ItemsInFlight) return true;
        Leave(items);
        return false;
    }

    /// <summary>Gives the room back.</summary>
    public void Leave(int items) => Interlocked.Add(ref _count, -items);
}
