using Akka.Actor;
using Akka.Cluster.Sharding;

namespace AccountantCluster.Cluster.Tests;

/// <summary>What a node's region says of itself.</summary>
internal static class Entities
{
    /// <summary>Regions that can hold entities, as the node's region hears of them.</summary>
    public static async Task<int> RegionsAsync(IActorRef region) =>
        (await region.Ask<CurrentRegions>(GetCurrentRegions.Instance, Accountant.Deadline)).Regions.Count;

    /// <summary>Entities that are awake on its node.</summary>
    public static async Task<int> CountAsync(IActorRef region)
    {
        var state = await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Accountant.Deadline);
        return state.Shards.Sum(shard => shard.EntityIds.Count);
    }
}
