using AccountantCluster.Client.Providers;

namespace AccountantCluster.Client.Exchange;

/// <summary>For books that are only looked at: nobody is reached.</summary>
internal sealed class NoExchange : IExchangeClient
{
    public Task<OpenedSession> OpenAsync(CancellationToken cancellation = default) => Refuse<OpenedSession>();

    public Task<LatestPromise> GetLatestAsync(CancellationToken cancellation = default) => Refuse<LatestPromise>();

    public Task<ExchangeAnswer> ExchangeAsync(ExchangeBatch batch, CancellationToken cancellation = default) => Refuse<ExchangeAnswer>();

    public Task<EvidenceAnswer> SubmitEvidenceAsync(
        SettleablePromise? total, IReadOnlyList<CollectablePromise> promises, CancellationToken cancellation = default) =>
        Refuse<EvidenceAnswer>();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Task<T> Refuse<T>() =>
        Task.FromException<T>(new AccountantUnavailableException("These books were opened without a way to the accountant."));
}
