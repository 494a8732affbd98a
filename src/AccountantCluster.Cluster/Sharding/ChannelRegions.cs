using Akka.Actor;
using Akka.Hosting;

namespace AccountantCluster.Cluster;

/// <summary>
/// The way to channels wherever they live. Until both regions have started, messages are dropped, as in a shard that moves: whoever waits
/// for an answer sends again.
/// </summary>
internal sealed class ChannelRegions(IReadOnlyActorRegistry registry)
{
    public void Tell(IConsumerChannelMessage message, IActorRef? sender)
    {
        if (registry.TryGet<ConsumerChannelActor>(out var region)) region.Tell(message, sender);
    }

    public void Tell(IProviderChannelMessage message, IActorRef? sender)
    {
        if (registry.TryGet<ProviderChannelActor>(out var region)) region.Tell(message, sender);
    }
}
