using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.UnderCreditingNode;

/// <summary>An exchange that keeps one unit of every provider's money: it signs one less than it owes, with the operator's own key.</summary>
internal sealed class UnderCreditingExchange(IExchange honest, AccountantDomain domain, PrivateKey key) : IExchange
{
    private static readonly Amount Kept = new(1);

    public async Task<ExchangeAnswer> ExchangeAsync(ExchangeRequest request, TimeSpan deadline, CancellationToken cancellation)
    {
        var answer = await honest.ExchangeAsync(request, deadline, cancellation);
        return answer.Promise is { } signed && signed.Promise.Amount > Kept ? answer with { Promise = OneShort(signed.Promise) } : answer;
    }

    public Task<ProviderOverview?> GetProviderAsync(Address provider, TimeSpan deadline, CancellationToken cancellation) =>
        honest.GetProviderAsync(provider, deadline, cancellation);

    public Task<ConsumerOverview?> GetConsumerAsync(Address channel, TimeSpan deadline, CancellationToken cancellation) =>
        honest.GetConsumerAsync(channel, deadline, cancellation);

    private SignedProviderPromise OneShort(ProviderPromise promise)
    {
        var lower = promise with { Amount = promise.Amount - Kept };
        return new SignedProviderPromise(lower, Curve.Default.Sign(domain.Digest(lower), key));
    }
}
