using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>The way to the node that holds the operator key. Safe for concurrent use.</summary>
/// <param name="signer">Knows where it is.</param>
internal sealed class SignerGateway(IActorRef signer) : IPromiseSigner
{
    /// <inheritdoc/>
    public async Task<SignedProviderPromise?> SignAsync(Address provider, SignedTotal total, long number) =>
        (await signer.Ask<TotalSigned>(new SignTotal(provider, total, number), ClusterLimits.SigningDeadline)).Promise;

    /// <inheritdoc/>
    public async Task<Signature?> SignAsync(Address channel, ExitConsent consent, long number) =>
        (await signer.Ask<ExitSigned>(new SignExit(channel, consent, number), ClusterLimits.SigningDeadline)).Signature;
}
