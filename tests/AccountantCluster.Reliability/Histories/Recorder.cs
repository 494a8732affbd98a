using System.Diagnostics;
using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Histories;

/// <summary>Writes down every request before it is sent and every answer when it is there. Safe for concurrent use.</summary>
internal sealed class Recorder
{
    private readonly Lock _lock = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<Call> _calls = [];
    private readonly List<ClosedWindow> _windows = [];
    private long _order;
    private long _handIns;

    /// <summary>Time from the beginning of the history.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    /// <summary>A number for a batch that is to be handed in until it is answered.</summary>
    public long NewHandIn() => Interlocked.Increment(ref _handIns);

    /// <summary>A call is about to be sent: whatever happens now, it may arrive. Returns its place in the list.</summary>
    public int Sending(long handIn, Address provider, int node, IReadOnlyList<OfferedPromise> promises)
    {
        lock (_lock)
        {
            _calls.Add(new Call(++_order, handIn, provider, node, Now, promises, null));
            return _calls.Count - 1;
        }
    }

    /// <summary>Its answer is in the provider's hands.</summary>
    public CallAnswer Answered(int call, IReadOnlyList<PromiseAnswer> promises, SignedTotal? signed)
    {
        lock (_lock)
        {
            var answer = new CallAnswer(++_order, Now, promises, signed);
            _calls[call] = _calls[call] with { Answer = answer };
            return answer;
        }
    }

    /// <summary>Nothing that a provider handed in is open.</summary>
    public void Closed(ClosedWindow window)
    {
        lock (_lock) _windows.Add(window);
    }

    /// <summary>Everything so far.</summary>
    public History ToHistory(IReadOnlyDictionary<Address, Amount> deposits, IReadOnlySet<Address> doubleSpenders)
    {
        lock (_lock) return new History([.. _calls], [.. _windows], deposits, doubleSpenders);
    }
}
