namespace AccountantCluster.Chain;

/// <summary>
/// One question to several endpoints in their order, to as many at a time as its owner wants. Who answers after the owner has gone is still
/// taken note of. Not safe for concurrent use.
/// </summary>
internal sealed class Inquiry<T>(
    IReadOnlyList<Endpoint> order,
    Func<Endpoint, CancellationToken, Task<T>> question,
    EndpointPoolOptions options,
    TimeProvider time,
    CancellationToken cancellation)
{
    private readonly List<(Endpoint Endpoint, Task<EndpointReply<T>> Reply)> _open = [];
    private readonly List<EndpointReply<T>> _replies = [];
    private int _asked;

    /// <summary>What was heard, in the order of hearing.</summary>
    public IReadOnlyList<EndpointReply<T>> Replies => _replies;

    /// <summary>Endpoints that may still say something, asked or not.</summary>
    public int Outstanding => _open.Count + order.Count - _asked;

    /// <summary>Whether only those are waited for that have kept somebody waiting before.</summary>
    public bool WaitsForSlowOnly => _open.TrueForAll(one => one.Endpoint.IsSlow);

    /// <summary>Asks the next ones until so many are asked and have not answered, or none is left.</summary>
    public void Ask(int count)
    {
        while (_open.Count < count && _asked < order.Count)
        {
            var endpoint = order[_asked++];
            _open.Add((endpoint, endpoint.AskAsync(question, cancellation)));
        }
    }

    /// <summary>Asks the next one, if there is one.</summary>
    public void AskOneMore() => Ask(_open.Count + 1);

    /// <summary>Waits for one more reply of those asked. False where all of them take too long.</summary>
    public async Task<bool> HearAsync()
    {
        var heard = FindReply();
        if (heard < 0)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny([.. _open.Select(one => (Task)one.Reply), Task.Delay(options.Patience, time, patience.Token)]);
            await patience.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            heard = FindReply();
        }
        if (heard < 0)
        {
            foreach (var (endpoint, _) in _open) endpoint.KeptWaiting();
            return false;
        }
        _replies.Add(await _open[heard].Reply);
        _open.RemoveAt(heard);
        return true;
    }

    private int FindReply() => _open.FindIndex(one => one.Reply.IsCompleted);
}
