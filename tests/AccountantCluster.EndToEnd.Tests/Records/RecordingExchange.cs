using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Records;

/// <summary>The SDK's own way to the accountant, with somebody who writes down what goes over it.</summary>
internal sealed class RecordingExchange(Address provider, IExchangeClient way, Recorder recorder) : IExchangeClient
{
    public Task<OpenedSession> OpenAsync(CancellationToken cancellation = default) => way.OpenAsync(cancellation);

    public Task<LatestPromise> GetLatestAsync(CancellationToken cancellation = default) => way.GetLatestAsync(cancellation);

    public async Task<ExchangeAnswer> ExchangeAsync(ExchangeBatch batch, CancellationToken cancellation = default)
    {
        var request = recorder.Sending(provider, batch);
        var answer = await way.ExchangeAsync(batch, cancellation);
        recorder.Answered(request, answer);
        return answer;
    }

    public Task<EvidenceAnswer> SubmitEvidenceAsync(
        SettleablePromise? total, IReadOnlyList<CollectablePromise> promises, CancellationToken cancellation = default) =>
        way.SubmitEvidenceAsync(total, promises, cancellation);

    public ValueTask DisposeAsync() => way.DisposeAsync();
}
