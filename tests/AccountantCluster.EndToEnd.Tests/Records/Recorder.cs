using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Records;

/// <summary>Every request that a client sent and every answer that it got, from all clients of a test. Safe for concurrent use.</summary>
internal sealed class Recorder
{
    private const int TailLength = 12;

    private readonly Lock _lock = new();
    private readonly List<RecordedRequest> _requests = [];
    private readonly Dictionary<Address, Amount> _highest = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private int _answers;
    private int _lost;

    /// <summary>Everything so far.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get { lock (_lock) return [.. _requests]; }
    }

    /// <summary>Answers so far.</summary>
    public int Answers
    {
        get { lock (_lock) return _answers; }
    }

    /// <summary>Requests whose connection broke before their answer came.</summary>
    public int Lost
    {
        get { lock (_lock) return _lost; }
    }

    /// <summary>The last requests of a provider as text, for a failure.</summary>
    public string Tail(Address provider)
    {
        lock (_lock) return string.Join('\n', _requests.Where(request => request.Provider == provider).TakeLast(TailLength));
    }

    /// <summary>A request is about to be sent: whatever happens now, it may arrive.</summary>
    public RecordedRequest Sending(Address provider, ExchangeBatch batch)
    {
        lock (_lock)
        {
            var request = new RecordedRequest(provider, batch, _highest.GetValueOrDefault(provider));
            _requests.Add(request);
            return request;
        }
    }

    /// <summary>Its answer is in the client's hands.</summary>
    public void Answered(RecordedRequest request, ExchangeAnswer answer)
    {
        lock (_lock)
        {
            request.Answer = answer;
            if (answer.Promise is { } promise)
                _highest[request.Provider] = Amount.Max(_highest.GetValueOrDefault(request.Provider), promise.Amount);
            _answers++;
            foreach (var (_, reached) in _waiting.Where(wait => wait.Count <= _answers)) reached.TrySetResult();
            _waiting.RemoveAll(wait => wait.Count <= _answers);
        }
    }

    /// <summary>The connection broke; nobody knows what became of it.</summary>
    public void Broke()
    {
        lock (_lock) _lost++;
    }

    /// <summary>Ends with the answer that makes it so many more from now on.</summary>
    public Task MoreAnswersAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _waiting.Add((_answers + count, reached));
        return reached.Task;
    }
}
