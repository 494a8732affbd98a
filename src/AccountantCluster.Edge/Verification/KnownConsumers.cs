using System.Collections.Concurrent;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>What need not be computed again for a consumer.</summary>
/// <param name="Channel">Address of its channel with this accountant.</param>
/// <param name="Key">Its public key, recovered from its first promise.</param>
internal readonly record struct KnownConsumer(Address Channel, PublicKey Key);

/// <summary>
/// A bounded memory of consumers whose signature was verified once. Two generations: when the young one is full it becomes the old one, and
/// the old one is forgotten; whoever is seen again moves to the young one. Unlike an order of last use, this needs no lock on the way of
/// every promise.
/// </summary>
/// <param name="capacity">Consumers remembered at most, give or take one per thread.</param>
internal sealed class KnownConsumers(int capacity)
{
    private readonly Lock _ageing = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>Consumers remembered at the moment.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>What is remembered of a consumer.</summary>
    public bool TryGet(Address identity, out KnownConsumer consumer)
    {
        if (_young.Consumers.TryGetValue(identity, out consumer)) return true;
        if (!_old.Consumers.TryGetValue(identity, out consumer)) return false;
        Add(identity, consumer);
        return true;
    }

    /// <summary>Remembers a consumer.</summary>
    public void Add(Address identity, KnownConsumer consumer)
    {
        var young = _young;
        if (!young.Consumers.TryAdd(identity, consumer)) return;
        if (Interlocked.Increment(ref young.Count) <= capacity / 2) return;
        lock (_ageing)
        {
            if (_young != young) return;
            _old = young;
            _young = new Generation();
        }
    }

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<Address, KnownConsumer> Consumers = new();

        // Counted here: the dictionary's own count takes all of its locks.
        public int Count;
    }
}
