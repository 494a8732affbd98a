using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary><see cref="IChannelFacts"/> over the shard regions.</summary>
internal sealed class ChannelFacts(ChannelQuestions questions) : IChannelFacts
{
    /// <inheritdoc/>
    public async Task<bool> ObserveConsumerChannelAsync(
        Address channel, ConsumerChannelFacts facts, TimeSpan deadline, CancellationToken cancellation) =>
        await questions.AskAsync<Observed>(new ObserveConsumerChannel(channel, facts), deadline, cancellation) is not null;

    /// <inheritdoc/>
    public async Task<bool> ObserveExitRequestAsync(Address channel, ulong block, TimeSpan deadline, CancellationToken cancellation) =>
        await questions.AskAsync<Observed>(new ObserveExitRequest(channel, block), deadline, cancellation) is not null;

    /// <inheritdoc/>
    public async Task<bool> ObserveProviderChannelAsync(
        Address provider, ProviderChannelFacts facts, TimeSpan deadline, CancellationToken cancellation) =>
        await questions.AskAsync<Observed>(new ObserveProviderChannel(provider, facts), deadline, cancellation) is not null;

    /// <inheritdoc/>
    public async Task<bool> ObserveRevealAsync(Address provider, Preimage r, TimeSpan deadline, CancellationToken cancellation) =>
        await questions.AskAsync<Observed>(new ObserveReveal(provider, r), deadline, cancellation) is not null;

    /// <inheritdoc/>
    public async Task<Collectable?> GetCollectableAsync(Address channel, TimeSpan deadline, CancellationToken cancellation) =>
        (await questions.AskAsync<CollectableFound>(new GetCollectable(channel), deadline, cancellation))?.Collectable;

    /// <inheritdoc/>
    public async Task<Payable?> GetPayableAsync(Address provider, TimeSpan deadline, CancellationToken cancellation) =>
        (await questions.AskAsync<PayableFound>(new GetPayable(provider), deadline, cancellation))?.Payable;
}
