using System.Net;
using System.Threading.RateLimiting;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>
/// How often one network address may ask a transaction maker for anything, and bring jobs: identities cost nothing, addresses do. Behind
/// something that does TLS everybody has its address, so the limits are the operator's to raise.
/// </summary>
internal sealed class MakerGate : IDisposable
{
    // An IPv6 network is one house's.
    private const int NetworkBytes = 8;

    private readonly PartitionedRateLimiter<IPAddress> _calls;
    private readonly PartitionedRateLimiter<IPAddress> _jobs;
    private readonly EdgeLimits _limits;
    private int _watches;

    public MakerGate(EdgeLimits limits)
    {
        _limits = limits;
        _calls = Limit(limits.MakerCallsPerAddress, limits.MakerCallsPerMinute);
        _jobs = Limit(limits.JobsPerAddress, limits.JobsPerMinute);
    }

    /// <summary>Lets a call in.</summary>
    /// <exception cref="Grpc.Core.RpcException">LIMIT_EXCEEDED.</exception>
    public void Call(IPAddress? caller) => Enter(_calls, caller, "calls");

    /// <summary>Lets a job in.</summary>
    /// <exception cref="Grpc.Core.RpcException">LIMIT_EXCEEDED.</exception>
    public void Job(IPAddress? caller) => Enter(_jobs, caller, "jobs");

    /// <summary>Lets a watch in, until the result is disposed.</summary>
    /// <exception cref="Grpc.Core.RpcException">OVERLOADED.</exception>
    public IDisposable Watch()
    {
        if (Interlocked.Increment(ref _watches) <= _limits.JobWatches) return new Place(this);
        Interlocked.Decrement(ref _watches);
        throw Refusal.Because(RejectionReason.Overloaded, "too many watch their jobs: ask where yours stands instead");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _calls.Dispose();
        _jobs.Dispose();
    }

    private static void Enter(PartitionedRateLimiter<IPAddress> limiter, IPAddress? caller, string what)
    {
        using var lease = limiter.AttemptAcquire(House(caller ?? IPAddress.None));
        if (!lease.IsAcquired) throw Refusal.Because(RejectionReason.LimitExceeded, $"too many {what} from one address");
    }

    private static IPAddress House(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (bytes.Length <= NetworkBytes) return address;
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return new IPAddress(bytes);
    }

    private static PartitionedRateLimiter<IPAddress> Limit(int atOnce, int perMinute) =>
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetTokenBucketLimiter(
            address,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = atOnce,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
                QueueLimit = 0,
            }));

    private sealed class Place(MakerGate gate) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0) Interlocked.Decrement(ref gate._watches);
        }
    }
}
