using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace AccountantCluster.Cluster;

/// <summary>
/// Places shards as another strategy says, and moves none while a node's region of before is still listed beside the one of now. A node that
/// ends and starts again within the removal margin has both for that time, and a shard that is moved away from the one of before is asked of
/// nobody and comes back only with the hand-off's timeout, a minute later.
/// </summary>
internal sealed class CalmAllocation(IShardAllocationStrategy inner) : IActorSystemDependentAllocationStrategy
{
    private static readonly Task<IImmutableSet<string>> Nothing = Task.FromResult<IImmutableSet<string>>(ImmutableHashSet<string>.Empty);

    /// <inheritdoc/>
    public void Start(ActorSystem system)
    {
        if (inner is IActorSystemDependentAllocationStrategy startable) startable.Start(system);
    }

    /// <inheritdoc/>
    public Task<IActorRef> AllocateShard(
        IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations) =>
        inner.AllocateShard(requester, shardId, currentShardAllocations);

    /// <inheritdoc/>
    public Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations, IImmutableSet<string> rebalanceInProgress) =>
        currentShardAllocations.Keys.DistinctBy(region => region.Path.Address).Count() < currentShardAllocations.Count
            ? Nothing
            : inner.Rebalance(currentShardAllocations, rebalanceInProgress);
}
