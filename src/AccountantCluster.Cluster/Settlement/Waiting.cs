namespace AccountantCluster.Cluster;

/// <summary>
/// Since when rows wait for their batch. In memory: after a restart the wait begins again, so that a row waits at most twice as long as it
/// may. Not safe for concurrent use.
/// </summary>
internal sealed class Waiting(TimeProvider time)
{
    private readonly Dictionary<Address, DateTimeOffset> _since = [];

    /// <summary>For how long a channel has waited; none where it has nothing to wait for.</summary>
    public TimeSpan For(Address channel, bool hasSomething)
    {
        if (!hasSomething)
        {
            _since.Remove(channel);
            return TimeSpan.Zero;
        }
        var now = time.GetUtcNow();
        if (_since.TryGetValue(channel, out var since)) return now - since;
        if (_since.Count < ClusterLimits.ReportedChannels) _since[channel] = now;
        return TimeSpan.Zero;
    }

    /// <summary>These wait no longer.</summary>
    public void End(IEnumerable<Address> channels)
    {
        foreach (var channel in channels) _since.Remove(channel);
    }
}
