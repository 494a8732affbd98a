using AccountantCluster.Chain;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>Starts the observer under whoever needs its word.</summary>
internal sealed class ObserverFactory(
    IEthereumClient client,
    IChannelFacts channels,
    AccountantAddresses addresses,
    SettlementOptions options,
    ClusterMetrics metrics,
    SettlementMetrics chain,
    ILogger<ChainObserver> logger)
{
    /// <summary>Starts it as a child, which comes back where the journal failed it.</summary>
    public IActorRef Start(IActorRefFactory parent) => Returning.Start(
        parent,
        "observer",
        ActorFactory.Props(() => new ObserverActor(
            new LogHistory(client, addresses, options),
            new ChainObserver(client, channels, addresses, options, logger),
            addresses,
            options,
            metrics,
            chain)));
}
