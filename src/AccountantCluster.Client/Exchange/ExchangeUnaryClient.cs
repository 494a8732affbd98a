using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Providers;

namespace AccountantCluster.Client.Exchange;

/// <summary>
/// Exchanges by unary calls: a challenge, a signature and an answer per batch. Three times the work of the stream, and nothing that stays
/// open.
/// </summary>
public sealed class ExchangeUnaryClient : IExchangeClient
{
    private readonly AccountantApi _api;
    private readonly SessionSigner _signer;
    private readonly ExchangeClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Repetition _repetition;
    private readonly SemaphoreSlim _opening = new(1);
    private AccountantTerms? _terms;

    internal ExchangeUnaryClient(AccountantApi api, SessionSigner signer, ExchangeClientOptions options, TimeProvider time) =>
        (_api, _signer, _options, _time, _repetition) = (api, signer, options, time, new Repetition(options, time));

    /// <inheritdoc/>
    public async Task<OpenedSession> OpenAsync(CancellationToken cancellation = default) =>
        new(await TermsAsync(cancellation), await GetLatestAsync(cancellation));

    /// <inheritdoc/>
    public Task<LatestPromise> GetLatestAsync(CancellationToken cancellation = default) => _api.GetLatestAsync(_signer, cancellation);

    /// <inheritdoc/>
    public async Task<ExchangeAnswer> ExchangeAsync(ExchangeBatch batch, CancellationToken cancellation = default)
    {
        var terms = await TermsAsync(cancellation);
        if (batch.Promises.Count > terms.BatchLimit) throw new ArgumentException($"More than {terms.BatchLimit} promises.", nameof(batch));
        return await _repetition.RunAsync(batch, stop => AskAsync(batch, stop), cancellation);
    }

    /// <inheritdoc/>
    public Task<EvidenceAnswer> SubmitEvidenceAsync(
        SettleablePromise? total, IReadOnlyList<CollectablePromise> promises, CancellationToken cancellation = default) =>
        _api.SubmitEvidenceAsync(_signer, total, promises, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _opening.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<ExchangeAnswer> AskAsync(ExchangeBatch batch, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(_options.AnswerDeadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        var challenge = await _api.Client.CreateChallengeAsync(new Wire.CreateChallengeRequest(), cancellationToken: either.Token);
        var request = new Wire.ExchangeRequest { Session = _signer.Sign(challenge.Challenge), Batch = batch.ToWire(requestId: 1) };
        var response = await _api.Client.ExchangeAsync(request, cancellationToken: either.Token);
        return (response.Answer ?? throw WireMapping.Malformed("an answer is missing")).ToAnswer(batch);
    }

    private async Task<AccountantTerms> TermsAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _terms) is { } known) return known;
        await _opening.WaitAsync(cancellation);
        try
        {
            return _terms ??= await _api.GetTermsAsync(cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }
}
