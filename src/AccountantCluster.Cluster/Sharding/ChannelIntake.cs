using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>
/// Where other nodes send envelopes to. Hands what is in them to this node's own regions, which send on what does not live here: a sender
/// that is mistaken costs a detour.
/// </summary>
internal sealed class ChannelIntake : ReceiveActor
{
    /// <summary>Its name, the same on all nodes.</summary>
    public const string Name = "intake";

    public ChannelIntake(ChannelRegions regions) => Receive<ChannelEnvelope>(envelope =>
    {
        var requester = Sender;
        // Nobody waits for answers.
        if (requester.IsNobody() || requester.Equals(Context.System.DeadLetters)) regions.Tell(envelope, ActorRefs.NoSender);
        else Context.ActorOf(ActorFactory.Props(() => new EnvelopeActor(envelope, requester, regions)));
    });

    // What was in a failed one is asked again by whoever waits for it.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);
}
