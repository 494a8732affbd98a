using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>The sessions of simple calls: each opens with its own challenge, signed and used once.</summary>
internal sealed class UnarySessions(EdgeLimits limits, SessionVerifier sessions, UnaryChallenges challenges, Drain drain)
{
    private int _atWork;

    /// <summary>A challenge for one call.</summary>
    public Bytes32 CreateChallenge() => challenges.Create();

    /// <summary>Runs a call in the name of whoever signed its session.</summary>
    /// <exception cref="Grpc.Core.RpcException">The session was refused, or there are too many calls, or the node stops.</exception>
    public async Task<T> RunAsync<T>(Wire.Session? session, Func<Address, Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref _atWork) > limits.UnaryCalls)
                throw Refusal.Because(RejectionReason.Overloaded, "too many calls");
            if (drain.Stopping.IsCancellationRequested) throw Refusal.Because(RejectionReason.Overloaded, "this node is stopping");
            var caller = await sessions.VerifyAsync(session, challenges.IsValid, cancellation);
            var used = challenges.Use(new Bytes32(session!.Challenge.Span));
            if (used != RejectionReason.None) throw Refusal.Because(used, "a challenge holds for one call");
            return await call(caller);
        }
        finally
        {
            Interlocked.Decrement(ref _atWork);
        }
    }
}
