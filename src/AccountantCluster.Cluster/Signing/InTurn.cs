namespace AccountantCluster.Cluster;

/// <summary>
/// Runs work of the same key one after the other, in the order of the calls, and of different keys at once. Safe for concurrent use.
/// </summary>
internal sealed class InTurn<TKey>
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Task> _last = [];

    /// <summary>Runs it after what was handed in before, whether that failed or not.</summary>
    public async Task<T> RunAsync<T>(TKey key, Func<Task<T>> work)
    {
        Task before;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            before = _last.GetValueOrDefault(key, Task.CompletedTask);
            _last[key] = done.Task;
        }
        await before;
        try
        {
            return await work();
        }
        finally
        {
            lock (_lock)
            {
                if (_last[key] == done.Task) _last.Remove(key);
            }
            done.SetResult();
        }
    }
}
