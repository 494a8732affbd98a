namespace AccountantCluster.Edge;

/// <summary>
/// How many registrations this node takes in: a few at work, and so many a minute, from whomever they come. Anybody can make identities, so
/// there is nobody to hold anything against. Safe for concurrent use.
/// </summary>
internal sealed class OpeningGate(EdgeLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _level;
    private long _at = time.GetTimestamp();
    private int _atWork;

    /// <summary>Takes a place; false where there is none. Whoever has one gives it back with <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _atWork) <= limits.OpeningCalls) return true;
        Leave();
        return false;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _atWork);

    /// <summary>Counts one whose signature is good; false where there were too many lately.</summary>
    public bool TryCount()
    {
        lock (_lock)
        {
            _level = Math.Max(0, _level - (time.GetElapsedTime(_at).TotalMinutes * limits.OpeningsPerMinute));
            _at = time.GetTimestamp();
            if (_level + 1 > limits.OpeningsPerMinute) return false;
            _level++;
            return true;
        }
    }
}
