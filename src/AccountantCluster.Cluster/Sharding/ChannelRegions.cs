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

    /// <summary>All that is in an envelope.</summary>
    public void Tell(ChannelEnvelope envelope, IActorRef? sender)
    {
        foreach (var message in envelope.Messages)
        {
            if (message is IConsumerChannelMessage toConsumer) Tell(toConsumer, sender);
            else if (message is IProviderChannelMessage toProvider) Tell(toProvider, sender);
        }
    }

    public void Tell(IProviderChannelMessage message, IActorRef? sender)
    {
        if (registry.TryGet<ProviderChannelActor>(out var region)) region.Tell(message, sender);
    }
}
