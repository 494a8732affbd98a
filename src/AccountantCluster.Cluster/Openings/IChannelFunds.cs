using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// What lies at the addresses of channels that may not exist yet, at the newest block. A first look, before anything is stored for
/// somebody who may have nothing; what counts are confirmed blocks.
/// </summary>
public interface IChannelFunds
{
    /// <summary>Tokens at a channel's address, in token base units; null for a channel that exists.</summary>
    /// <param name="channel">Its address, derived.</param>
    /// <param name="cancellation">The caller has gone.</param>
    /// <exception cref="EthereumException">The chain does not say; ask again.</exception>
    Task<Amount?> ReadUnregisteredAsync(Address channel, CancellationToken cancellation);
}
