using AccountantCluster.Chain;
using AccountantCluster.Channels;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>Starts the observer under whoever needs its word.</summary>
internal sealed class ObserverFactory(
    IEthereumClient client,
    IChannelFacts channels,
    AccountantAddresses addresses,
    OpeningPolicy opening,
    SettlementOptions options,
    ClusterMetrics metrics,
    SettlementMetrics chain,
    ILoggerFactory logs)
{
    /// <summary>Starts it as a child, which comes back where the journal failed it.</summary>
    public IActorRef Start(IActorRefFactory parent) => Returning.Start(
        parent,
        "observer",
        ActorFactory.Props(() => new ObserverActor(
            new LogHistory(client, addresses, options),
            new ChainObserver(client, channels, addresses, options, logs.CreateLogger<ChainObserver>()),
            new OpeningDesk(client, channels, addresses, opening, options, chain, logs.CreateLogger<OpeningDesk>()),
            addresses,
            options,
            metrics,
            chain)));
}
