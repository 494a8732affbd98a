using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>What the chain says of an identity's channels with one accountant.</summary>
public sealed class ChannelReads(IEthereumClient client, AccountantProfile profile)
{
    private readonly ChainReader _reader = new(client, profile.Token, profile.Accountant);

    /// <summary>A consumer's paying channel, registered or not.</summary>
    /// <param name="consumer">Identity of the consumer.</param>
    /// <param name="block">Where to read; the newest block by default.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<ConsumerChannelOnChain> ReadConsumerAsync(
        Address consumer, Block? block = null, CancellationToken cancellation = default) =>
        (await _reader.ReadConsumerChannelsAsync([profile.ChannelOf(consumer)], block ?? await client.GetNewestBlockAsync(cancellation), cancellation))[0];

    /// <summary>
    /// What a consumer can promise altogether: token balance + settled of its registered channel, in token base units; zero before it is
    /// registered.
    /// </summary>
    /// <inheritdoc cref="ReadConsumerAsync"/>
    public async Task<Amount> ReadDepositedAsync(Address consumer, Block? block = null, CancellationToken cancellation = default)
    {
        var channel = await ReadConsumerAsync(consumer, block, cancellation);
        return channel.IsRegistered ? channel.Balance + channel.Settled : Amount.Zero;
    }

    /// <summary>A provider's receiving channel; it exists for everybody.</summary>
    /// <param name="provider">Identity of the provider.</param>
    /// <param name="block">Where to read; the newest block by default.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<ProviderChannelOnChain> ReadProviderAsync(
        Address provider, Block? block = null, CancellationToken cancellation = default) =>
        (await _reader.ReadProviderChannelsAsync([provider], block ?? await client.GetNewestBlockAsync(cancellation), cancellation))[0];
}
