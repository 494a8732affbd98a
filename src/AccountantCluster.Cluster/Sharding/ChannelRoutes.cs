using Akka.Actor;
using NodeAddress = Akka.Actor.Address;

namespace AccountantCluster.Cluster;

/// <summary>
/// The way of many messages to consumer channels at once: those for another node cross together, in envelopes for its
/// <see cref="ChannelIntake"/>; those for this one, and those of which nobody knows, go to the region like any other.
/// </summary>
internal sealed class ChannelRoutes(ChannelRegions regions, ShardHomes homes, ActorSystem system)
{
    /// <summary>Sends each on its way.</summary>
    /// <param name="messages">Each for a channel of its own.</param>
    /// <param name="sender">Who is answered; nobody: there are no answers.</param>
    /// <returns>The channels whose messages share an envelope.</returns>
    public HashSet<Address> Tell(IEnumerable<IConsumerChannelMessage> messages, IActorRef? sender)
    {
        var enveloped = new HashSet<Address>();
        var open = new Dictionary<NodeAddress, Parcel>();
        foreach (var message in messages)
        {
            if (homes.Find(message.Channel) is not { } home)
            {
                regions.Tell(message, sender);
                continue;
            }
            if (!open.TryGetValue(home, out var parcel)) open.Add(home, parcel = new Parcel());
            parcel.Add(message);
            if (parcel.Promises < ClusterLimits.PromisesPerEnvelope) continue;
            Send(home, parcel, sender, enveloped);
            open.Remove(home);
        }
        foreach (var (home, parcel) in open) Send(home, parcel, sender, enveloped);
        return enveloped;
    }

    private void Send(NodeAddress home, Parcel parcel, IActorRef? sender, HashSet<Address> enveloped)
    {
        if (parcel.Messages is [var single])
        {
            regions.Tell(single, sender);
            return;
        }
        enveloped.UnionWith(parcel.Messages.Select(message => message.Channel));
        system.ActorSelection(new RootActorPath(home) / "user" / ChannelIntake.Name)
            .Tell(new ChannelEnvelope([.. parcel.Messages]), sender);
    }

    private sealed class Parcel
    {
        public List<IConsumerChannelMessage> Messages { get; } = [];

        public int Promises { get; private set; }

        public void Add(IConsumerChannelMessage message)
        {
            Messages.Add(message);
            Promises += message is OfferPromises offers ? offers.Offers.Length : 1;
        }
    }
}
