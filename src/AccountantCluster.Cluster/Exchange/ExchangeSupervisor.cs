using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>
/// Starts an <see cref="ExchangeActor"/> per batch and bounds how much is at work; beyond that a batch is OVERLOADED at once.
/// </summary>
internal sealed class ExchangeSupervisor : ReceiveActor
{
    private readonly Dictionary<IActorRef, int> _promisesOf = [];
    private readonly ChannelRegions _regions;
    private readonly ClusterMetrics _metrics;
    private int _promises;

    public ExchangeSupervisor(ChannelRegions regions, ClusterMetrics metrics)
    {
        (_regions, _metrics) = (regions, metrics);
        Receive<BeginExchange>(Begin);
        Receive<Terminated>(End);
    }

    // A batch that failed has told nobody anything; starting it again would have no requester to answer.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Begin(BeginExchange begin)
    {
        var promises = begin.Request.Promises.Count;
        if (_promisesOf.Count >= ClusterLimits.BatchesInFlight || _promises + promises > ClusterLimits.PromisesInFlight)
        {
            Sender.Tell(BatchProgress.Refuse(begin.Request, RejectionReason.Overloaded));
            return;
        }

        var (request, deadline) = begin;
        var requester = Sender;
        var batch = Context.ActorOf(Props.Create(() => new ExchangeActor(request, deadline, requester, _regions, _metrics)));
        Context.Watch(batch);
        _promisesOf.Add(batch, promises);
        _promises += promises;
    }

    private void End(Terminated ended)
    {
        if (_promisesOf.Remove(ended.ActorRef, out var promises)) _promises -= promises;
    }
}
