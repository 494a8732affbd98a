using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>
/// Starts an <see cref="ExchangeActor"/> per batch and bounds how much is at work (<see cref="AdmissionWindow"/>); beyond that a batch is
/// OVERLOADED at once.
/// </summary>
internal sealed class ExchangeSupervisor : ReceiveActor
{
    private readonly Dictionary<IActorRef, AtWork> _batches = [];
    private readonly AdmissionWindow _window = new();
    private readonly ExchangeWays _ways;
    private readonly ClusterMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly long _start;

    public ExchangeSupervisor(ExchangeWays ways, ClusterMetrics metrics, TimeProvider time)
    {
        (_ways, _metrics, _time, _start) = (ways, metrics, time, time.GetTimestamp());
        Receive<BeginExchange>(Begin);
        Receive<Terminated>(End);
    }

    // A batch that failed has told nobody anything; starting it again would have no requester to answer.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private void Begin(BeginExchange begin)
    {
        var (request, deadline) = begin;
        var writes = request.Promises.Count + ClusterLimits.WritesPerBatch;
        if (!_window.TryBegin(writes))
        {
            Sender.Tell(BatchProgress.Refuse(request, RejectionReason.Overloaded));
            return;
        }

        var requester = Sender;
        var batch = Context.ActorOf(Props.Create(() => new ExchangeActor(begin, requester, _ways, _metrics)));
        Context.Watch(batch);
        _batches.Add(batch, new AtWork(writes, Now, deadline));
    }

    private void End(Terminated ended)
    {
        if (_batches.Remove(ended.ActorRef, out var batch)) _window.End(batch.Writes, batch.Begun, Now, batch.Deadline);
    }

    private readonly record struct AtWork(int Writes, TimeSpan Begun, TimeSpan Deadline);
}
