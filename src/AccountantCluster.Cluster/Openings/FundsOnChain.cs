using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary><see cref="IChannelFunds"/> by the chain.</summary>
internal sealed class FundsOnChain(IEthereumClient client, AccountantAddresses addresses) : IChannelFunds
{
    private readonly ChainReader _reader = new(client, addresses.Token, addresses.Accountant);

    /// <inheritdoc/>
    public async Task<Amount?> ReadUnregisteredAsync(Address channel, CancellationToken cancellation)
    {
        var newest = await client.GetNewestBlockAsync(cancellation);
        var read = (await _reader.ReadConsumerChannelsAsync([channel], newest, cancellation))[0];
        return read.IsRegistered ? null : read.Balance;
    }
}
