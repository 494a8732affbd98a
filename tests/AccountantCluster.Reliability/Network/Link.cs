namespace AccountantCluster.Reliability.Network;

/// <summary>What lies between two nodes: while it is cut, nothing passes in either direction, and nobody is told.</summary>
internal sealed class Link
{
    private readonly Lock _lock = new();
    private int _cuts;
    private TaskCompletionSource _healed = Done();

    /// <summary>Cuts it; as often as it is cut it has to be healed.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            if (_cuts++ == 0) _healed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Undoes one cut.</summary>
    public void Heal()
    {
        lock (_lock)
        {
            if (_cuts > 0 && --_cuts == 0) _healed.SetResult();
        }
    }

    /// <summary>Ends when something may pass.</summary>
    public Task PassAsync(CancellationToken cancellation)
    {
        lock (_lock) return _healed.Task.WaitAsync(cancellation);
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
