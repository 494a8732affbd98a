using Akka.Actor;
using NodeAddress = Akka.Actor.Address;

namespace AccountantCluster.Cluster;

/// <summary>
/// Where this node believes shards of consumer channels to live, learned from who answers. A belief only saves messages: whoever gets a
/// message for a channel that lives elsewhere hands it on, and what is not answered goes the sure way. Safe for concurrent use.
/// </summary>
internal sealed class ShardHomes
{
    private readonly NodeAddress?[] _homes = new NodeAddress?[ClusterLimits.Shards];

    /// <summary>The other node that a channel is believed to live on; null: this one, or nobody knows.</summary>
    public NodeAddress? Find(Address channel) => Volatile.Read(ref _homes[ChannelShards.Of(channel)]);

    /// <summary>A channel has answered.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="answering">An actor of the node that it lives on.</param>
    public void Learn(Address channel, IActorRef answering)
    {
        var address = answering.Path.Address;
        Volatile.Write(ref _homes[ChannelShards.Of(channel)], address.HasGlobalScope ? address : null);
    }

    /// <summary>A channel has not answered: its shard may have moved.</summary>
    public void Forget(Address channel) => Volatile.Write(ref _homes[ChannelShards.Of(channel)], null);

    /// <summary>A node is going, or cannot be reached.</summary>
    public void Forget(NodeAddress node)
    {
        for (var shard = 0; shard < _homes.Length; shard++)
            if (Volatile.Read(ref _homes[shard]) is { } home && home.Equals(node))
                Interlocked.CompareExchange(ref _homes[shard], null, home);
    }
}
