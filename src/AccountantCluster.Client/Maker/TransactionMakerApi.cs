using System.Runtime.CompilerServices;
using AccountantCluster.Chain;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;
using Grpc.Core;
using Grpc.Net.Client;
using RpcException = Grpc.Core.RpcException;

namespace AccountantCluster.Client.Maker;

/// <summary>One transaction maker over gRPC (paper §4.6). Safe for concurrent use.</summary>
public sealed class TransactionMakerApi : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly Wire.TransactionMakerService.TransactionMakerServiceClient _client;
    private readonly ExchangeClientOptions _options;
    private readonly TimeProvider _time;

    /// <summary>A connection to a transaction maker; it opens with the first call.</summary>
    /// <param name="endpoint">Where it listens: http://host:port or https://host:port.</param>
    /// <param name="options">Deadlines, and whose certificates are believed.</param>
    /// <param name="time">The clock that deadlines go by.</param>
    /// <exception cref="CertificateAuthorityException">The file of authorities is not one of certificates, or cannot be read.</exception>
    public TransactionMakerApi(Uri endpoint, ExchangeClientOptions? options = null, TimeProvider? time = null)
    {
        _options = options ?? new ExchangeClientOptions();
        _time = time ?? TimeProvider.System;
        _channel = Connection.Open(endpoint, _options);
        _client = new Wire.TransactionMakerService.TransactionMakerServiceClient(_channel);
    }

    /// <summary>What a job costs now.</summary>
    /// <exception cref="TransactionMakerUnavailableException">It cannot be reached.</exception>
    /// <exception cref="JobRefusedException">It does not know what gas or the token costs now, or takes no such job.</exception>
    public async Task<MakerQuote> GetQuoteAsync(JobShape shape, CancellationToken cancellation = default)
    {
        var request = new Wire.GetQuoteRequest { Shape = shape.ToWire() };
        var response = await CallAsync(options => _client.GetQuoteAsync(request, options), cancellation);
        return response.ToQuote(shape);
    }

    /// <summary>Brings a registration; the same one under the same id is brought once, however often.</summary>
    /// <inheritdoc cref="SubmitAsync"/>
    public Task<JobReport> RegisterAsync(
        Bytes32 clientId, SignedRegistration registration, MakerQuote? quote, CancellationToken cancellation = default) =>
        SubmitAsync(new Wire.SubmitJobRequest { Register = registration.ToWire() }, clientId, quote, cancellation);

    /// <summary>Brings a settlement; the same one under the same id is brought once, however often.</summary>
    /// <inheritdoc cref="SubmitAsync"/>
    public Task<JobReport> SettleAsync(
        Bytes32 clientId,
        Address accountant,
        SettleablePromise promise,
        SignedSettlementFee fee,
        MakerQuote? quote,
        CancellationToken cancellation = default) =>
        SubmitAsync(new Wire.SubmitJobRequest { Settle = promise.ToJob(accountant, fee) }, clientId, quote, cancellation);

    /// <summary>Brings a recovery; the same one under the same id is brought once, however often.</summary>
    /// <inheritdoc cref="SubmitAsync"/>
    public Task<JobReport> RecoverAsync(
        Bytes32 clientId,
        Address accountant,
        IReadOnlyCollection<PromiseToCollect> promises,
        SettleablePromise promise,
        SignedSettlementFee fee,
        SignedLoanReturn? loanReturn,
        MakerQuote? quote,
        CancellationToken cancellation = default)
    {
        var job = new Wire.RecoverJob { Settlement = promise.ToJob(accountant, fee), LoanReturn = loanReturn?.ToWire() };
        job.Promises.AddRange(promises.Select(MakerMapping.ToWire));
        return SubmitAsync(new Wire.SubmitJobRequest { Recover = job }, clientId, quote, cancellation);
    }

    /// <summary>Where a job stands; null where nothing is known of it.</summary>
    /// <exception cref="TransactionMakerUnavailableException">It cannot be reached.</exception>
    public async Task<JobReport?> FindAsync(Address identity, Bytes32 clientId, CancellationToken cancellation = default)
    {
        var request = new Wire.GetJobRequest { Identity = identity.ToWire(), ClientId = clientId.ToWire() };
        return (await CallAsync(options => _client.GetJobAsync(request, options), cancellation)).Job?.ToReport();
    }

    /// <summary>Where a job stands, and each change until it is over; ends early where the transaction maker ends it.</summary>
    /// <exception cref="TransactionMakerUnavailableException">It cannot be reached any more.</exception>
    public async IAsyncEnumerable<JobReport> WatchAsync(
        Address identity, Bytes32 clientId, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var request = new Wire.WatchJobRequest { Identity = identity.ToWire(), ClientId = clientId.ToWire() };
        using var call = _client.WatchJob(request, new CallOptions(cancellationToken: cancellation));
        while (await NextAsync(call.ResponseStream, cancellation))
        {
            if (call.ResponseStream.Current.Job is { } job) yield return job.ToReport();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    /// <summary>Brings a job.</summary>
    /// <returns>Where it stands: it is durable.</returns>
    /// <exception cref="JobRefusedException">It is not taken.</exception>
    /// <exception cref="TransactionMakerUnavailableException">
    /// It cannot be reached; the job may have been taken, and bringing it again is harmless.
    /// </exception>
    private async Task<JobReport> SubmitAsync(
        Wire.SubmitJobRequest request, Bytes32 clientId, MakerQuote? quote, CancellationToken cancellation)
    {
        request.ClientId = clientId.ToWire();
        request.Quote = quote?.ToWire();
        var response = await CallAsync(options => _client.SubmitJobAsync(request, options), cancellation);
        return response.Job?.ToReport() ?? throw new JobRefusedException((JobReason)response.Reason, response.Detail);
    }

    private Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellation) =>
        Connection.CallAsync(call, _options.OpenDeadline * 2, _time, ToException, cancellation);

    private static async Task<bool> NextAsync(IAsyncStreamReader<Wire.WatchJobResponse> stream, CancellationToken cancellation)
    {
        try
        {
            return await stream.MoveNext(cancellation);
        }
        catch (RpcException exception)
        {
            cancellation.ThrowIfCancellationRequested();
            throw ToException(exception);
        }
    }

    private static TransactionMakerUnavailableException ToException(RpcException exception) =>
        new($"The transaction maker does not answer: {exception.Status.Detail}", exception);
}
