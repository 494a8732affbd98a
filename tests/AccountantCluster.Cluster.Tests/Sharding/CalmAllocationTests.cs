using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace AccountantCluster.Cluster.Tests;

public sealed class CalmAllocationTests
{
    private static readonly IActorRef Of = new Region("akka://accountant/system/sharding/consumer-channel#1");
    private static readonly IActorRef Before = new Region("akka.tcp://accountant@10.0.0.2:4053/system/sharding/consumer-channel#2");
    private static readonly IActorRef Now = new Region("akka.tcp://accountant@10.0.0.2:4053/system/sharding/consumer-channel#3");

    private readonly CalmAllocation _allocation = new(new MovesAll());

    [Fact]
    public async Task Shards_move_as_the_strategy_says() => Assert.Equal(
        ["1", "2"], (await _allocation.Rebalance(Shards((Of, ["1", "2"]), (Now, [])), ImmutableHashSet<string>.Empty)).Order());

    [Fact]
    public async Task No_shard_moves_while_the_region_of_a_node_that_ended_is_listed_beside_its_new_one() => Assert.Empty(
        await _allocation.Rebalance(Shards((Of, ["1"]), (Before, ["2"]), (Now, [])), ImmutableHashSet<string>.Empty));

    [Fact]
    public async Task New_shards_are_placed_all_the_same() => Assert.Same(
        Now, await _allocation.AllocateShard(Of, "3", Shards((Of, ["1"]), (Before, ["2"]), (Now, []))));

    private static ImmutableDictionary<IActorRef, IImmutableList<string>> Shards(params (IActorRef Region, string[] Shards)[] regions) =>
        regions.ToImmutableDictionary(region => region.Region, region => (IImmutableList<string>)[.. region.Shards]);

    private sealed class MovesAll : IShardAllocationStrategy
    {
        public Task<IActorRef> AllocateShard(
            IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations) =>
            Task.FromResult(currentShardAllocations.MinBy(region => region.Value.Count).Key);

        public Task<IImmutableSet<string>> Rebalance(
            IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations, IImmutableSet<string> rebalanceInProgress) =>
            Task.FromResult<IImmutableSet<string>>(currentShardAllocations.Values.SelectMany(shards => shards).ToImmutableHashSet());
    }

#pragma warning disable MA0097 // The base class is the one that compares.
    private sealed class Region(string path) : MinimalActorRef
#pragma warning restore MA0097
    {
        public override ActorPath Path { get; } = ActorPath.Parse(path);

        public override IActorRefProvider Provider => throw new NotSupportedException();
    }
}
