namespace AccountantCluster.Cluster.Exchange;

/// <summary>
/// How many writes of batches may be at work, learned from how long batches take: what a journal takes in within a deadline differs by a
/// factor of a hundred from disk to disk, and a batch beyond that would only be answered OUTCOME_UNKNOWN, while its messages still load the
/// channels. Grows while batches are answered early, at most to double in the time that one takes; falls by half when one is late, and to
/// its least when one misses its deadline, because then more is at work than is counted here. Pure: time is an argument.
/// </summary>
internal sealed class AdmissionWindow
{
    // Parts of a batch's deadline. Twice the first, which is what growing can overshoot to, leaves room in the share of the offers
    // (ClusterLimits).
    private const double Early = 0.25;
    private const double Late = 0.5;
    private const double Missed = 0.95;

    // Batches that began before the window fell say nothing about what it is now.
    private TimeSpan _fellAt = TimeSpan.MinValue;

    /// <summary>Writes that may be at work now.</summary>
    public int Limit { get; private set; } = ClusterLimits.FirstWritesInFlight;

    /// <summary>Writes that are at work now.</summary>
    public int AtWork { get; private set; }

    /// <summary>Begins a batch of so many writes; false where there is no room. One batch always fits, however large.</summary>
    public bool TryBegin(int writes)
    {
        if (AtWork > 0 && AtWork + writes > Limit) return false;
        AtWork += writes;
        return true;
    }

    /// <summary>A batch has ended, answered or not.</summary>
    /// <param name="writes">As many as it began with.</param>
    /// <param name="begun">When it began, on any clock.</param>
    /// <param name="now">The same clock now.</param>
    /// <param name="deadline">What it had been given.</param>
    public void End(int writes, TimeSpan begun, TimeSpan now, TimeSpan deadline)
    {
        var (part, isFull) = ((now - begun) / deadline, 2 * AtWork >= Limit);
        AtWork -= writes;
        if (part < Early)
        {
            // One that nobody fills has not shown that it can be larger.
            if (isFull) Limit = Math.Min(ClusterLimits.WritesInFlight, Limit + writes);
        }
        else if (part >= Late && begun >= _fellAt)
        {
            Limit = part >= Missed ? ClusterLimits.LeastWritesInFlight : Math.Max(ClusterLimits.LeastWritesInFlight, Limit / 2);
            _fellAt = now;
        }
    }
}
