using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>
/// The way into the cluster for the edge: hands a provider's batch to the channels that own it and brings back what is durable, signed.
/// </summary>
public interface IExchange
{
    /// <summary>
    /// Exchanges one batch (protocol §4). Completes only after everything it reports is durable. Never throws for what a caller sent: each promise,
    /// each reveal and the batch as a whole has its reason; where the outcome is not known within <paramref name="deadline"/> the reason is
    /// <see cref="RejectionReason.OutcomeUnknown"/>, and asking again is harmless.
    /// </summary>
    Task<ExchangeAnswer> ExchangeAsync(ExchangeRequest request, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>What the accountant owes and guarantees a provider; null when the channel did not answer within the deadline.</summary>
    Task<ProviderOverview?> GetProviderAsync(Address provider, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>What the accountant knows of a consumer channel; null when the channel did not answer within the deadline.</summary>
    Task<ConsumerOverview?> GetConsumerAsync(Address channel, TimeSpan deadline, CancellationToken cancellation);
}
