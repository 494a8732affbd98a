using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>
/// How many bad promises each identity handed in lately: a bucket that leaks. Whoever fills it is refused before a signature is verified.
/// Two generations, as with known consumers, so that memory is bounded whoever comes.
/// </summary>
internal sealed class BadPromises(EdgeLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Dictionary<Address, Bucket> _young = [];
    private Dictionary<Address, Bucket> _old = [];

    /// <summary>Identities remembered at the moment.</summary>
    public int Count
    {
        get { lock (_lock) return _young.Count + _old.Count; }
    }

    /// <summary>Whether an identity handed in so many that nothing of it is looked at for now.</summary>
    public bool IsRefused(Address identity)
    {
        lock (_lock) return Find(identity) >= limits.BadPromisesPerIdentity;
    }

    /// <summary>An identity handed in so many bad promises.</summary>
    public void Add(Address identity, int promises)
    {
        if (promises == 0) return;
        lock (_lock)
        {
            var level = Find(identity) + promises;
            if (_young.Count >= limits.BadIdentities / 2 && !_young.ContainsKey(identity)) (_old, _young) = (_young, []);
            _young[identity] = new Bucket(level, time.GetTimestamp());
        }
    }

    // What is left by now of what was counted.
    private double Find(Address identity)
    {
        if (!_young.TryGetValue(identity, out var bucket) && !_old.TryGetValue(identity, out bucket)) return 0;
        var forgiven = time.GetElapsedTime(bucket.At).TotalSeconds * limits.BadPromisesForgivenPerSecond;
        return Math.Max(0, bucket.Level - forgiven);
    }

    private readonly record struct Bucket(double Level, long At);
}
