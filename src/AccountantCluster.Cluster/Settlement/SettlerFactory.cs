using AccountantCluster.Chain;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>Makes a settler for each life of the actor that settles: what one remembers is its own.</summary>
internal sealed class SettlerFactory(
    IEthereumClient client,
    IChannelFacts channels,
    AccountantAddresses addresses,
    SettlementOptions options,
    LaneKey key,
    ITokenPrice price,
    ClusterMetrics metrics,
    SettlementMetrics settlement,
    TimeProvider time,
    ILoggerFactory logs)
{
    /// <summary>A settler that remembers nothing.</summary>
    public Settler Create()
    {
        var sender = new BatchSender(client, addresses, options, settlement, logs.CreateLogger<BatchSender>());
        var exits = new ExitWatch(options, settlement, time, logs.CreateLogger<ExitWatch>());
        return new Settler(
            client,
            price,
            exits,
            new Collector(client, channels, addresses, options, sender, exits, time),
            new Payer(client, channels, addresses, options, key, sender, time),
            new Registrar(client, channels, addresses, options, time, logs.CreateLogger<Registrar>()),
            new Refiller(client, addresses, options, sender, time),
            new SolvencyWatch(client, addresses, metrics, settlement, logs.CreateLogger<SolvencyWatch>()));
    }
}
