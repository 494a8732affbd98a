using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>Starts the lane of the node's key under whoever sends with it.</summary>
/// <param name="client">The chain.</param>
/// <param name="lane">Whose lane it is.</param>
/// <param name="curve">Verifies what was signed.</param>
/// <param name="metrics">Of the node.</param>
/// <param name="time">The clock.</param>
internal sealed class LaneFactory(IEthereumClient client, LaneKey lane, ICurve curve, ClusterMetrics metrics, TimeProvider time)
{
    /// <summary>Starts it as a child. It comes back where the journal failed it or let another one write.</summary>
    public LaneGateway Start(IActorRefFactory parent)
    {
        var props = ActorFactory.Props(() => new LaneActor(client, lane, curve, metrics));
        return new LaneGateway(Returning.Start(parent, "lane", props), lane.Interval, time);
    }
}
