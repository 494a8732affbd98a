using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>Counts streams: those that have not shown a signature, those that are open, and those of each identity.</summary>
internal sealed class StreamGate(EdgeLimits limits)
{
    private readonly Lock _counting = new();
    private readonly Dictionary<Address, int> _perIdentity = [];
    private int _awaitingSession;
    private int _open;

    /// <summary>Open streams.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>A place for a stream that has not shown a signature.</summary>
    /// <exception cref="Grpc.Core.RpcException">OVERLOADED.</exception>
    public IDisposable AwaitSession()
    {
        lock (_counting)
        {
            if (_awaitingSession >= limits.StreamsAwaitingSession)
                throw Refusal.Because(RejectionReason.Overloaded, "too many streams are about to open");
            _awaitingSession++;
        }
        return new Place(() => _awaitingSession--, _counting);
    }

    /// <summary>A place for an identity's open stream.</summary>
    /// <exception cref="Grpc.Core.RpcException">LIMIT_EXCEEDED: the identity has too many; OVERLOADED: the node has.</exception>
    public IDisposable Enter(Address identity)
    {
        lock (_counting)
        {
            var own = _perIdentity.GetValueOrDefault(identity);
            if (own >= limits.StreamsPerIdentity)
                throw Refusal.Because(RejectionReason.LimitExceeded, $"this identity has {own} open streams");
            if (_open >= limits.Streams)
                throw Refusal.Because(RejectionReason.Overloaded, "too many streams are open");
            _perIdentity[identity] = own + 1;
            _open++;
        }
        return new Place(() => Leave(identity), _counting);
    }

    private void Leave(Address identity)
    {
        _open--;
        if (--_perIdentity[identity] == 0) _perIdentity.Remove(identity);
    }

    private sealed class Place(Action leave, Lock counting) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            lock (counting)
            {
                if (!_left) leave();
                _left = true;
            }
        }
    }
}
