using System.Collections.Concurrent;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Payments;

/// <summary>What the clients themselves saw, counted. Safe for concurrent use.</summary>
internal sealed class PaymentTally
{
    private readonly ConcurrentDictionary<RejectionReason, long> _rejected = new();
    private long _accepted;

    /// <summary>Promises that the accountant accepted.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Promises that it refused, by reason.</summary>
    public IReadOnlyDictionary<string, long> Rejected =>
        _rejected.OrderBy(pair => pair.Key).ToDictionary(pair => pair.Key.ToName(), pair => pair.Value);

    /// <summary>One was accepted.</summary>
    public void Accept() => Interlocked.Increment(ref _accepted);

    /// <summary>One was refused.</summary>
    public void Reject(RejectionReason reason) => _rejected.AddOrUpdate(reason, 1, (_, count) => count + 1);
}
