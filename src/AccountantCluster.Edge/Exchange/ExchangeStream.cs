using System.Security.Cryptography;
using System.Threading.Channels;
using AccountantCluster.Protocol;
using Grpc.Core;

namespace AccountantCluster.Edge;

/// <summary>
/// One stream from challenge to end. Its batches are worked on side by side, up to a limit: then nothing is read any more, and HTTP/2 holds
/// the caller back. Answers go out one at a time, in the order in which they are ready.
/// </summary>
internal sealed class ExchangeStream(
    IAsyncStreamReader<Wire.ExchangeStreamRequest> requests,
    IServerStreamWriter<Wire.ExchangeStreamResponse> responses,
    StreamServices services,
    CancellationToken call) : IDisposable
{
    private readonly EdgeLimits _limits = services.Options.Limits;
    private readonly SemaphoreSlim _room = new(services.Options.Limits.RequestsInFlightPerStream);

    // Never full: whoever writes an answer holds one of as many places in _room.
    private readonly Channel<Wire.Answer> _answers =
        Channel.CreateBounded<Wire.Answer>(services.Options.Limits.RequestsInFlightPerStream);

    private readonly CancellationTokenSource _unwritable = CancellationTokenSource.CreateLinkedTokenSource(call);

    /// <summary>Runs the stream until the caller ends it, breaks its rules or goes away, or the node stops.</summary>
    /// <exception cref="RpcException">Why the stream ended, where the caller did not end it.</exception>
    public async Task RunAsync()
    {
        Address caller;
        IDisposable place;
        using (services.Gate.AwaitSession())
        {
            caller = await AuthenticateAsync();
            place = services.Gate.Enter(caller);
        }

        using (place)
        {
            await WriteAsync(new Wire.ExchangeStreamResponse { Opened = await DescribeAsync(caller) });
            var writing = WriteAnswersAsync();
            var working = new List<Task>();
            try
            {
                await ReadBatchesAsync(caller, working);
            }
            finally
            {
                // Whatever ended the reading: what was read is answered.
                await Task.WhenAll(working);
                _answers.Writer.Complete();
                await writing;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _room.Dispose();
        _unwritable.Dispose();
    }

    private async Task<Address> AuthenticateAsync()
    {
        var challenge = new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Length));
        await WriteAsync(new Wire.ExchangeStreamResponse { Challenge = challenge.ToWire() });
        var first = await ReadAsync(_limits.SessionOpenDeadline, RejectionReason.Unauthenticated, "no session in time");
        return await services.Sessions.VerifyAsync(first?.Session, challenge, call);
    }

    private async Task<Wire.SessionOpened> DescribeAsync(Address caller)
    {
        var overview = await services.Exchange.GetProviderAsync(caller, _limits.RequestDeadline, call)
            ?? throw Refusal.Because(RejectionReason.OutcomeUnknown, "the provider channel does not answer");
        return new Wire.SessionOpened
        {
            Terms = services.Terms.ToWire(),
            LatestPromise = overview.LatestPromise?.ToWire(),
            LatestPosition = overview.LatestPosition?.ToWire(),
        };
    }

    private async Task ReadBatchesAsync(Address caller, List<Task> working)
    {
        while (true)
        {
            await _room.WaitAsync(_unwritable.Token);
            var message = await ReadAsync(_limits.StreamIdle, RejectionReason.LimitExceeded, "no batch for too long");
            if (message is null) return;
            if (message.Batch is not { } batch) throw Refusal.Because(RejectionReason.Malformed, "a batch is expected here");
            working.RemoveAll(task => task.IsCompleted);
            working.Add(AnswerAsync(caller, batch));
        }
    }

    private async Task AnswerAsync(Address caller, Wire.Batch batch)
    {
        try
        {
            _answers.Writer.TryWrite(await services.Batches.ProcessAsync(caller, batch, _unwritable.Token));
        }
        catch (OperationCanceledException)
        {
            // Nobody is there to be answered.
        }
    }

    private async Task WriteAnswersAsync()
    {
        try
        {
            await foreach (var answer in _answers.Reader.ReadAllAsync(CancellationToken.None))
            {
                await WriteAsync(new Wire.ExchangeStreamResponse { Answer = answer });
                _room.Release();
            }
        }
        finally
        {
            // After a failed write nothing more can be answered, so nothing more is read.
            await _unwritable.CancelAsync();
        }
    }

    private async Task WriteAsync(Wire.ExchangeStreamResponse message)
    {
        using var deadline = new CancellationTokenSource(_limits.WriteDeadline, services.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, call);
        await responses.WriteAsync(message, stop.Token);
    }

    /// <summary>The next message; null when the caller has ended its side.</summary>
    private async Task<Wire.ExchangeStreamRequest?> ReadAsync(TimeSpan limit, RejectionReason reasonWhenLate, string detailWhenLate)
    {
        using var deadline = new CancellationTokenSource(limit, services.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _unwritable.Token, services.Stopping);
        try
        {
            return await requests.MoveNext(stop.Token) ? requests.Current : null;
        }
        catch (OperationCanceledException) when (services.Stopping.IsCancellationRequested && !_unwritable.IsCancellationRequested)
        {
            throw Refusal.Because(RejectionReason.Overloaded, "this node is stopping");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !_unwritable.IsCancellationRequested)
        {
            throw Refusal.Because(reasonWhenLate, detailWhenLate);
        }
        catch (Exception exception) when (Refusal.OfUnreadable(exception) is not null)
        {
            throw Refusal.OfUnreadable(exception)!;
        }
    }
}
