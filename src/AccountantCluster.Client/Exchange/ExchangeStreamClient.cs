using System.Collections.Concurrent;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;
using Grpc.Core;

namespace AccountantCluster.Client.Exchange;

/// <summary>
/// Exchanges over one bidirectional stream (the hot path): batches go up, answers come down in any order. Connects when there is something
/// to do, and again with growing pauses when the connection breaks; what was not answered is then handed in again under the same number.
/// </summary>
public sealed class ExchangeStreamClient : IExchangeClient
{
    private readonly AccountantApi _api;
    private readonly Wire.ExchangeService.ExchangeServiceClient _streams;
    private readonly SessionSigner _signer;
    private readonly ExchangeClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Repetition _repetition;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly SemaphoreSlim _room;
    private readonly ConcurrentDictionary<ulong, PendingRequest> _unanswered = new();

    // Guarded by _connecting; read without it where an old value does no harm.
    private volatile ExchangeConnection? _connection;
    private int _failures;
    private ulong _lastRequestId;

    // The highest total that the accountant was heard to promise, and whether it says less by now.
    private readonly Lock _hearing = new();
    private Amount _heard;
    private bool _isRestored;

    internal ExchangeStreamClient(
        AccountantApi api,
        Wire.ExchangeService.ExchangeServiceClient streams,
        SessionSigner signer,
        ExchangeClientOptions options,
        TimeProvider time)
    {
        (_api, _streams, _signer, _options, _time) = (api, streams, signer, options, time);
        _repetition = new Repetition(options, time);
        _room = new SemaphoreSlim(options.RequestsInFlight);
    }

    /// <summary>How often a connection was opened so far.</summary>
    public int Connections { get; private set; }

    /// <inheritdoc/>
    public async Task<OpenedSession> OpenAsync(CancellationToken cancellation = default)
    {
        try
        {
            var session = (await ConnectAsync(cancellation)).Session;
            lock (_hearing) (_heard, _isRestored) = (AmountOf(session.Latest.Promise), false);
            return session;
        }
        catch (RpcException exception)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Repetition.ToException(exception);
        }
    }

    /// <inheritdoc/>
    public Task<LatestPromise> GetLatestAsync(CancellationToken cancellation = default) => _api.GetLatestAsync(_signer, cancellation);

    /// <inheritdoc/>
    public async Task<ExchangeAnswer> ExchangeAsync(ExchangeBatch batch, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, cancellation);
        await _room.WaitAsync(stop.Token);
        try
        {
            return await _repetition.RunAsync(batch, token => AskAsync(batch, token), stop.Token);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <inheritdoc/>
    public Task<EvidenceAnswer> SubmitEvidenceAsync(
        SettleablePromise? total, IReadOnlyList<CollectablePromise> promises, CancellationToken cancellation = default) =>
        _api.SubmitEvidenceAsync(_signer, total, promises, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested) return;
        await _closing.CancelAsync();
        await _connecting.WaitAsync(CancellationToken.None);
        if (_connection is { } connection) await connection.DisposeAsync();
        _connection = null;
        _connecting.Release();
    }

    // One number for all attempts: an answer that comes late, over whichever connection, is still this batch's.
    private async Task<ExchangeAnswer> AskAsync(ExchangeBatch batch, CancellationToken stop)
    {
        var request = new PendingRequest(batch.ToWire(Interlocked.Increment(ref _lastRequestId)));
        _unanswered[request.Id] = request;
        try
        {
            while (true)
            {
                var connection = await ReconnectAsync(stop);
                if (batch.Promises.Count > connection.Session.Terms.BatchLimit)
                    throw new ArgumentException($"More than {connection.Session.Terms.BatchLimit} promises.", nameof(batch));
                if (await connection.TrySendAsync(request, stop) is { } answer) return Hear(answer.ToAnswer(batch));
            }
        }
        finally
        {
            _unanswered.TryRemove(request.Id, out _);
        }
    }

    // The number of attempts is bounded by the exchange's deadline, their pace by the growing pauses.
    private async Task<ExchangeConnection> ReconnectAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var connection = await ConnectAsync(stop);
                lock (_hearing) return _isRestored ? throw new AccountantRestoredException() : connection;
            }
            catch (RpcException exception) when (Repetition.IsPassing(exception) && !stop.IsCancellationRequested)
            {
                await Task.Delay(_options.Pause(Volatile.Read(ref _failures)), _time, stop);
            }
        }
    }

    private async Task<ExchangeConnection> ConnectAsync(CancellationToken stop)
    {
        if (_connection is { IsAlive: true } alive) return alive;
        await _connecting.WaitAsync(stop);
        try
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            if (_connection is { IsAlive: true } meanwhile) return meanwhile;
            if (_connection is { } dead) await dead.DisposeAsync();
            _connection = null;
            _failures++;
            _connection = await ExchangeConnection.OpenAsync(_streams, _api.Profile, _signer, Find, _options, _time, stop);
            _failures = 0;
            lock (_hearing) _isRestored |= AmountOf(_connection.Session.Latest.Promise) < _heard;
            Connections++;
            return _connection;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private ExchangeAnswer Hear(ExchangeAnswer answer)
    {
        lock (_hearing) _heard = Amount.Max(_heard, AmountOf(answer.Promise));
        return answer;
    }

    private static Amount AmountOf(AccountantPromise? promise) => promise?.Amount ?? Amount.Zero;

    private PendingRequest? Find(ulong requestId) => _unanswered.GetValueOrDefault(requestId);
}
