using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>
/// What a provider must know of the accountant before it hands anything in, told in GetTerms and when a stream opens. The fee, which changes
/// while a node runs, is told with it: see <see cref="Cluster.AccountantFee"/>.
/// </summary>
/// <param name="ChainId">The chain that the contracts live on.</param>
/// <param name="Accountant">The accountant's contract: the domain that promises and sessions are signed in.</param>
/// <param name="Registry">The registry's contract, which deploys the consumer channels.</param>
/// <param name="Token">The registry's token.</param>
/// <param name="ConsumerChannelImplementation">What consumer channels are proxies of; their addresses follow from it.</param>
/// <param name="Policy">What the accountant allows on its channels: E, W, K and the smallest first payment.</param>
public sealed record AccountantTerms(
    ulong ChainId,
    Address Accountant,
    Address Registry,
    Address Token,
    Address ConsumerChannelImplementation,
    ChannelPolicy Policy)
{
    /// <summary>What the accountant risks on consumers that are not registered yet; nothing by default.</summary>
    public OpeningPolicy Opening { get; init; } = OpeningPolicy.Off;

    /// <summary>The EIP-712 domain of registrations.</summary>
    internal AccountantDomain RegistryDomain { get; } = new(ChainId, Registry);

    /// <summary>The EIP-712 domain of promises and sessions.</summary>
    internal AccountantDomain Domain { get; } = new(ChainId, Accountant);

    /// <summary>The address of a consumer's channel with this accountant, deployed or not.</summary>
    internal Address ChannelOf(Address consumer) =>
        ConsumerChannelAddress.Predict(Registry, ConsumerChannelImplementation, consumer, Accountant, Token);
}
