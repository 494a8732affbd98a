using AccountantCluster.Protocol;
using Akka.Actor;
using Akka.Hosting;

namespace AccountantCluster.Cluster.Exchange;

/// <summary><see cref="IExchange"/> over the actors of this node.</summary>
internal sealed class ExchangeGateway(IReadOnlyActorRegistry registry, ChannelQuestions questions) : IExchange
{
    /// <inheritdoc/>
    public async Task<ExchangeAnswer> ExchangeAsync(ExchangeRequest request, TimeSpan deadline, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (request.Promises.Count > ClusterLimits.PromisesPerBatch || request.Reveals.Count > ClusterLimits.RevealsPerBatch)
            return BatchProgress.Refuse(request, RejectionReason.LimitExceeded);
        // Nothing has been done yet: this can be said for certain.
        if (deadline <= TimeSpan.Zero || !registry.TryGet<ExchangeSupervisor>(out var supervisor))
            return BatchProgress.Refuse(request, RejectionReason.Overloaded);

        try
        {
            var begin = new BeginExchange(request, deadline);
            return await supervisor.Ask<ExchangeAnswer>(begin, deadline + ClusterLimits.AnswerGrace, cancellation);
        }
        catch (AskTimeoutException)
        {
            return BatchProgress.Refuse(request, RejectionReason.OutcomeUnknown);
        }
    }

    /// <inheritdoc/>
    public async Task<ProviderOverview?> GetProviderAsync(Address provider, TimeSpan deadline, CancellationToken cancellation) =>
        (await questions.AskAsync<ProviderChannelDescribed>(new DescribeProviderChannel(provider), deadline, cancellation))?.Overview;

    /// <inheritdoc/>
    public async Task<ConsumerOverview?> GetConsumerAsync(Address channel, TimeSpan deadline, CancellationToken cancellation) =>
        (await questions.AskAsync<ConsumerChannelDescribed>(new DescribeConsumerChannel(channel), deadline, cancellation))?.Overview;
}
