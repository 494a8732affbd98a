using Akka.Actor;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>How batches of this node reach channels.</summary>
/// <param name="Regions">One message, wherever its channel lives.</param>
/// <param name="Routes">Many messages at once.</param>
/// <param name="Homes">Where channels are believed to live.</param>
internal sealed record ExchangeWays(ChannelRegions Regions, ChannelRoutes Routes, ShardHomes Homes)
{
    public static ExchangeWays Of(ChannelRegions regions, ShardHomes homes, ActorSystem system) =>
        new(regions, new ChannelRoutes(regions, homes, system), homes);
}
