using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>
/// Starts an <see cref="ExchangeActor"/> per batch and bounds how much is at work (<see cref="AdmissionWindow"/>). Beyond that batches wait
/// in the order in which they came, so that none is passed over by those of others, for a part of their deadline; then, or where too many
/// wait already, a batch is OVERLOADED: nothing has been done yet.
/// </summary>
internal sealed class ExchangeSupervisor : ReceiveActor, IWithTimers
{
    private readonly Dictionary<IActorRef, AtWork> _batches = [];
    private readonly Queue<Waiting> _line = [];
    private readonly AdmissionWindow _window = new();
    private readonly ExchangeWays _ways;
    private readonly ClusterMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly long _start;

    public ExchangeSupervisor(ExchangeWays ways, ClusterMetrics metrics, TimeProvider time)
    {
        (_ways, _metrics, _time, _start) = (ways, metrics, time, time.GetTimestamp());
        Receive<BeginExchange>(Take);
        Receive<Terminated>(End);
        Receive<Alarm>(_ => RefuseWhoWaitedTooLong());
    }

    private enum Alarm
    {
        LineIsLong,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    // A batch that failed has told nobody anything; starting it again would have no requester to answer.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Take(BeginExchange begin)
    {
        var waiting = new Waiting(begin, Sender, Now);
        if (_line.Count == 0 && TryBegin(waiting)) return;
        if (_line.Count == ClusterLimits.BatchesWaiting)
        {
            Refuse(waiting);
            return;
        }
        if (_line.Count == 0) Timers.StartPeriodicTimer(Alarm.LineIsLong, Alarm.LineIsLong, ClusterLimits.WaitCheckInterval);
        _line.Enqueue(waiting);
    }

    private bool TryBegin(Waiting waiting)
    {
        var ((begin, requester, since), now) = (waiting, Now);
        var writes = begin.Request.Promises.Count + ClusterLimits.WritesPerBatch;
        if (!_window.TryBegin(writes)) return false;

        begin = begin with { Deadline = begin.Deadline - (now - since) };
        var batch = Context.ActorOf(ActorFactory.Props(() => new ExchangeActor(begin, requester, _ways, _metrics)));
        Context.Watch(batch);
        _batches.Add(batch, new AtWork(writes, now, begin.Deadline));
        return true;
    }

    private void End(Terminated ended)
    {
        if (!_batches.Remove(ended.ActorRef, out var batch)) return;
        _window.End(batch.Writes, batch.Begun, Now, batch.Deadline);
        while (_line.TryPeek(out var first))
        {
            if (HasWaitedTooLong(first)) Refuse(first);
            else if (!TryBegin(first)) return;
            _line.Dequeue();
        }
        Timers.Cancel(Alarm.LineIsLong);
    }

    // Deadlines differ: who came later may have to go first.
    private void RefuseWhoWaitedTooLong()
    {
        for (var left = _line.Count; left > 0; left--)
        {
            var waiting = _line.Dequeue();
            if (HasWaitedTooLong(waiting)) Refuse(waiting);
            else _line.Enqueue(waiting);
        }
        if (_line.Count == 0) Timers.Cancel(Alarm.LineIsLong);
    }

    private bool HasWaitedTooLong(Waiting waiting) => Now - waiting.Since > waiting.Begin.Deadline * ClusterLimits.WaitShareOfDeadline;

    private static void Refuse(Waiting waiting) =>
        waiting.Requester.Tell(BatchProgress.Refuse(waiting.Begin.Request, RejectionReason.Overloaded));

    private readonly record struct AtWork(int Writes, TimeSpan Begun, TimeSpan Deadline);

    private readonly record struct Waiting(BeginExchange Begin, IActorRef Requester, TimeSpan Since);
}
