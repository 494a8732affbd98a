namespace AccountantCluster.LocalNetwork;

/// <summary>The last lines that a process wrote, and those who wait for one.</summary>
/// <param name="file">Takes all lines; null: nobody does.</param>
internal sealed class OutputLines(TextWriter? file)
{
    // Enough to understand a failure; a server that logs for hours must not fill the memory.
    private const int Kept = 400;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiting = [];
    private bool _closed;

    /// <summary>The kept lines as one text.</summary>
    public string Tail
    {
        get
        {
            lock (_lock) return string.Join('\n', _lines);
        }
    }

    /// <summary>Takes in one line.</summary>
    public void Add(string line)
    {
        lock (_lock)
        {
            if (_closed) return;
            file?.WriteLine(line);
            _lines.Enqueue(line);
            if (_lines.Count > Kept) _lines.Dequeue();
            for (var index = _waiting.Count - 1; index >= 0; index--)
            {
                if (!_waiting[index].Wanted(line)) continue;
                _waiting[index].Found.TrySetResult(line);
                _waiting.RemoveAt(index);
            }
        }
    }

    /// <summary>No line will come any more: whoever still waits is cancelled.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            file?.Dispose();
            foreach (var (_, found) in _waiting) found.TrySetCanceled();
            _waiting.Clear();
        }
    }

    /// <summary>The first kept or future line that is wanted; cancelled by <see cref="Close"/>.</summary>
    public Task<string> Find(Func<string, bool> wanted)
    {
        lock (_lock)
        {
            foreach (var line in _lines)
            {
                if (wanted(line)) return Task.FromResult(line);
            }
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_closed) found.SetCanceled();
            else _waiting.Add((wanted, found));
            return found.Task;
        }
    }
}
