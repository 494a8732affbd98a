using AccountantCluster.Client.Accountants;
using Grpc.Core;

namespace AccountantCluster.Client.Exchange;

/// <summary>
/// One stream from its session to its end. Dies for good with the first thing that goes wrong; then another one is opened.
/// </summary>
internal sealed class ExchangeConnection : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<Wire.ExchangeStreamRequest, Wire.ExchangeStreamResponse> _call;
    private readonly Func<ulong, PendingRequest?> _find;
    private readonly ExchangeClientOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _room;
    private readonly Task _reading;

    private ExchangeConnection(
        AsyncDuplexStreamingCall<Wire.ExchangeStreamRequest, Wire.ExchangeStreamResponse> call,
        OpenedSession session,
        Func<ulong, PendingRequest?> find,
        ExchangeClientOptions options,
        TimeProvider time,
        CancellationTokenSource end)
    {
        (_call, Session, _find, _options, _time, _end) = (call, session, find, options, time, end);
        _room = new SemaphoreSlim(session.Terms.RequestsInFlightLimit);
        _reading = ReadAnswersAsync();
    }

    /// <summary>What the accountant said when the session opened.</summary>
    public OpenedSession Session { get; }

    public bool IsAlive => !_end.IsCancellationRequested;

    /// <summary>Opens a stream and its session.</summary>
    /// <exception cref="RpcException">The accountant cannot be reached, or refuses.</exception>
    /// <exception cref="AccountantUnavailableException">It is another one than meant, or does not keep to the contract.</exception>
    public static async Task<ExchangeConnection> OpenAsync(
        Wire.ExchangeService.ExchangeServiceClient client,
        AccountantProfile profile,
        SessionSigner signer,
        Func<ulong, PendingRequest?> find,
        ExchangeClientOptions options,
        TimeProvider time,
        CancellationToken stop)
    {
        var end = new CancellationTokenSource();
        AsyncDuplexStreamingCall<Wire.ExchangeStreamRequest, Wire.ExchangeStreamResponse>? call = null;
        using var deadline = new CancellationTokenSource(options.OpenDeadline, time);
        await using var cut = deadline.Token.Register(end.Cancel);
        await using var left = stop.Register(end.Cancel);
        try
        {
            call = client.ExchangeStream(cancellationToken: end.Token);
            var challenge = (await ReadAsync(call, end.Token)).Challenge;
            var session = new Wire.ExchangeStreamRequest { Session = signer.Sign(challenge) };
            await WriteAsync(call, session, end.Token);
            var opened = (await ReadAsync(call, end.Token)).Opened ?? throw WireMapping.Malformed("a session does not open");
            var parsed = opened.ToSession();
            AccountantApi.Check(parsed.Terms, profile);
            return new ExchangeConnection(call, parsed, find, options, time, end);
        }
        catch (Exception exception)
        {
            call?.Dispose();
            end.Dispose();
            stop.ThrowIfCancellationRequested();
            if (exception is OperationCanceledException || (exception is RpcException && deadline.IsCancellationRequested))
                throw new RpcException(new Status(StatusCode.DeadlineExceeded, "the session did not open in time", exception));
            throw;
        }
    }

    /// <summary>Hands in a request and waits for its answer; null where the connection broke before it came.</summary>
    public async Task<Wire.Answer?> TrySendAsync(PendingRequest request, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, stop);
        try
        {
            await _room.WaitAsync(either.Token);
            try
            {
                await WriteAsync(request, either.Token);
                return await request.Answer.WaitAsync(_options.AnswerDeadline, _time, either.Token);
            }
            finally
            {
                _room.Release();
            }
        }
        catch (Exception exception) when (exception is RpcException or TimeoutException or OperationCanceledException)
        {
            if (request.Answer.IsCompletedSuccessfully) return await request.Answer;
            stop.ThrowIfCancellationRequested();
            // Whatever it was: a connection that does not carry an answer is given up.
            await _end.CancelAsync();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _call.Dispose();
    }

    private async Task WriteAsync(PendingRequest request, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            // Not to be cancelled: a write that is cut short kills the stream for everybody.
            await WriteAsync(_call, new Wire.ExchangeStreamRequest { Batch = request.Batch }, _end.Token);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAnswersAsync()
    {
        try
        {
            while (await _call.ResponseStream.MoveNext(_end.Token))
            {
                // An answer to what nobody waits for any more is dropped: whoever asked will ask again.
                if (_call.ResponseStream.Current.Answer is { } answer) _find(answer.RequestId)?.Complete(answer);
            }
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            // The end; those who wait hear of it by the token.
        }
        finally
        {
            await _end.CancelAsync();
        }
    }

    // A write that a broken connection meets throws what HTTP/2 throws, or complains that the call is over.
    private static async Task WriteAsync(
        AsyncDuplexStreamingCall<Wire.ExchangeStreamRequest, Wire.ExchangeStreamResponse> call,
        Wire.ExchangeStreamRequest message,
        CancellationToken cancellation)
    {
        try
        {
            await call.RequestStream.WriteAsync(message, cancellation);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the connection broke under a write", exception));
        }
    }

    private static async Task<Wire.ExchangeStreamResponse> ReadAsync(
        AsyncDuplexStreamingCall<Wire.ExchangeStreamRequest, Wire.ExchangeStreamResponse> call, CancellationToken cancellation) =>
        await call.ResponseStream.MoveNext(cancellation)
            ? call.ResponseStream.Current
            : throw new RpcException(new Status(StatusCode.Unavailable, "the stream ended before its session opened"));
}
