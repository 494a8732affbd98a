using Akka.Actor;
using Akka.Pattern;

namespace AccountantCluster.Cluster;

/// <summary>Starts durable actors that are no channels: nobody's message brings them back, so they come back by themselves.</summary>
internal static class Returning
{
    private const double Jitter = 0.2;

    /// <summary>Starts a child that comes back where the journal failed it or let another one write.</summary>
    public static IActorRef Start(IActorRefFactory parent, string name, Props props) => parent.ActorOf(Props(name, props), name);

    /// <summary>For whoever starts it otherwise.</summary>
    public static Props Props(string name, Props props) => BackoffSupervisor.Props(Backoff.OnStop(
        props, name, ClusterLimits.ReturnAfter, ClusterLimits.ReturnAtLatest, Jitter, maxNrOfRetries: -1));
}
