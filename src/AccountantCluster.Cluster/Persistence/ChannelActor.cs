using Akka.Actor;
using Akka.Cluster.Sharding;

namespace AccountantCluster.Cluster;

/// <summary>What both kinds of channel have in common: each is an entity of a shard, which stops where it is idle or its shard moves.</summary>
internal abstract class ChannelActor<TState, TEvent> : DurableActor<TState, TEvent>
    where TState : class
    where TEvent : class
{
    protected ChannelActor(string kind, string entityId, TState empty, ClusterMetrics metrics)
        : base(kind, entityId, empty, metrics)
    {
        Address = Address.Parse(entityId);
        Command<StopChannel>(_ => Context.Stop(Self));
        Command<ReceiveTimeout>(_ => Context.Parent.Tell(new Passivate(StopChannel.Instance)));
    }

    /// <summary>Of the consumer channel, or of the provider.</summary>
    protected Address Address { get; }

    /// <inheritdoc/>
    protected override void OnRecovered()
    {
        // Nobody's until now: whoever asks about channels that are none must not fill the memory.
        if (LastSequenceNr == 0) Context.SetReceiveTimeout(ClusterLimits.StrangersIdle);
    }

    /// <inheritdoc/>
    protected override void OnBegun() => Context.SetReceiveTimeout(null);
}
