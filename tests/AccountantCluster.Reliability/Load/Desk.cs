using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Histories;
using Grpc.Core;
using Grpc.Net.Client;

namespace AccountantCluster.Reliability.Load;

/// <summary>Hands in one provider's batches at any node until they are answered, and writes everything down.</summary>
internal sealed class Desk(
    DemoParty party, DemoChain chain, IReadOnlyList<GrpcChannel> nodes, int preferred, Recorder recorder) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Task<ProviderSession>> _sessions = [];
    private int _node = preferred;
    private bool _stays;
    private long _requestId;
    private Amount _held;

    /// <summary>The highest total that the accountant has signed.</summary>
    public Amount Held
    {
        get { lock (_lock) return _held; }
    }

    /// <summary>Hands a batch in until every promise in it has a definite answer, which is returned.</summary>
    /// <param name="batch">What to hand in.</param>
    /// <param name="twice">At two nodes at once, the first time.</param>
    /// <param name="abort">Ends the attempts.</param>
    /// <exception cref="OperationCanceledException">There was no answer in time.</exception>
    public async Task<ExchangeAnswer> HandInAsync(ExchangeBatch batch, bool twice, CancellationToken abort)
    {
        var handIn = recorder.NewHandIn();
        for (var attempt = 0; ; attempt++)
        {
            abort.ThrowIfCancellationRequested();
            var node = Volatile.Read(ref _node);
            var asked = TryAsync(handIn, batch, node);
            if (twice && attempt == 0) await TryAsync(handIn, batch, (node + 1) % nodes.Count);
            if (await asked is { } answer) return answer;
            // Another node may know more; whoever fails at the same time moves on once.
            if (!Volatile.Read(ref _stays)) Interlocked.CompareExchange(ref _node, (node + 1) % nodes.Count, node);
            await Task.Delay(Pause, abort);
        }
    }

    /// <summary>The only node that is asked from now on, whether it answers or not.</summary>
    public void StayAt(int node)
    {
        Volatile.Write(ref _node, node);
        Volatile.Write(ref _stays, true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task<ProviderSession>[] sessions;
        lock (_lock) sessions = [.. _sessions.Values];
        foreach (var session in sessions)
        {
            await ((Task)session).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (session.IsCompletedSuccessfully) await session.Result.DisposeAsync();
        }
    }

    // Null: nobody knows what became of it, or not of all.
    private async Task<ExchangeAnswer?> TryAsync(long handIn, ExchangeBatch batch, int node)
    {
        try
        {
            var session = await SessionAsync(node);
            var call = recorder.Sending(handIn, party.Identity, node, [.. batch.Promises.Select(promise => new OfferedPromise(
                promise.Consumer,
                promise.Agreement.Provider,
                promise.Agreement.Id,
                promise.Agreement.Total,
                promise.Amount,
                promise.Hashlock))]);
            var wire = await session.ExchangeAsync(batch.ToWire((ulong)Interlocked.Increment(ref _requestId)));
            var answer = wire.ToAnswer(batch);
            var recorded = recorder.Answered(
                call,
                [.. answer.Promises.Select(result => new PromiseAnswer(result.Reason, result.Credited))],
                Verify(answer.Promise));
            var isKnown = recorded.IsDefinite && !answer.Reveals.Any(IsUnknown) && !IsUnknown(answer.Reason);
            return isKnown ? answer : null;
        }
        catch (Exception problem) when (
            problem is RpcException or IOException or TimeoutException or InvalidOperationException or ObjectDisposedException
                or InvalidDataException or AccountantUnavailableException)
        {
            return null;
        }
    }

    private SignedTotal? Verify(AccountantPromise? promise)
    {
        if (promise is null) return null;
        var message = new ProviderPromise(chain.Profile.ProviderChannelOf(party.Identity), promise.Amount, promise.Hashlock);
        var isOperators = Curve.Default.TryRecover(chain.Profile.Domain.Digest(message), promise.Signature, out var signer)
            && signer == chain.Operator.Address;
        lock (_lock) _held = Amount.Max(_held, promise.Amount);
        return new SignedTotal(promise.Hashlock, promise.Amount, isOperators);
    }

    private Task<ProviderSession> SessionAsync(int node)
    {
        lock (_lock)
        {
            if (_sessions.TryGetValue(node, out var session))
            {
                if (!session.IsCompleted || (session.IsCompletedSuccessfully && !session.Result.IsBroken)) return session;
                if (session.IsCompletedSuccessfully) _ = session.Result.DisposeAsync().AsTask();
            }
            return _sessions[node] = Task.Run(() => ProviderSession.OpenAsync(nodes[node], chain.Profile, party.Key));
        }
    }

    private static bool IsUnknown(RejectionReason reason) => reason is RejectionReason.OutcomeUnknown or RejectionReason.Overloaded;
}
