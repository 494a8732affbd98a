using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Akka.Actor;
using Akka.Event;

namespace AccountantCluster.Cluster;

/// <summary>
/// A transaction maker: mailbox and journal around <see cref="JobRules"/>, with a lane of its own. One per cluster, and that is for
/// liveness only: of two books and two lanes the journal lets one write.
/// </summary>
internal sealed class MakerActor : DurableActor<JobBook, JobEvent>, IDisposable
{
    private readonly MakerParts _parts;
    private readonly JobRules _rules;
    private readonly LaneGateway _lane;
    private readonly Dictionary<Bytes32, JobStanding> _standings = [];
    private readonly CancellationTokenSource _stopping = new();
    private int _preparing;
    private bool _isLooking;

    public MakerActor(MakerParts parts, ClusterMetrics metrics)
        : base("maker", Convert.ToHexStringLower(parts.Options.Lane.Signer.Address.ToArray()), JobBook.Empty, metrics)
    {
        _parts = parts;
        _rules = new JobRules(parts.Options.Limits);
        _lane = parts.Lanes.Start(Context);

        Command<AskQuote>(Quote);
        Command<SubmitJob>(Submit);
        Command<JobPrepared>(Take);
        Command<FindJob>(job => Sender.Tell(new JobFound(Find(job.Id))));
        Command<LookDue>(_ => Look());
        Command<JobsSeen>(Continue);
    }

    /// <inheritdoc/>
    protected override JobBook Apply(JobBook state, JobEvent @event) => state.Apply(@event, _parts.Options.Limits.Remembered);

    /// <inheritdoc/>
    protected override int EventsPerSnapshot(JobBook state) => ClusterLimits.MakerEventsPerSnapshot;

    /// <inheritdoc/>
    protected override void OnRecovered()
    {
        _parts.Port.Open(Self);
        Self.Tell(LookDue.Instance);
    }

    /// <inheritdoc/>
    protected override void OnStateChanged() => _parts.Metrics.UnderWay(State.Open.Length);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _parts.Port.Close(Self);
        _stopping.Cancel();
        base.PostStop();
    }

    /// <summary>Called by the actor system after <see cref="PostStop"/>.</summary>
    public void Dispose() => _stopping.Dispose();

    private void Quote(AskQuote asked) => _ = QuoteAsync(asked.Shape, _stopping.Token).PipeTo(Sender);

    private async Task<QuoteAnswer> QuoteAsync(JobShape shape, CancellationToken cancellation)
    {
        try
        {
            return new QuoteAnswer(await _parts.Pricing.QuoteAsync(shape, cancellation));
        }
        catch (EthereumException)
        {
            return new QuoteAnswer(null);
        }
    }

    private void Submit(SubmitJob submitted)
    {
        var (offer, asking) = (submitted.Offer, Sender);
        // What is known needs no chain, and no price.
        if (JobRules.Recall(State, offer.ToJob(offer.Pay.Least, now: 0)) is { } known)
        {
            Answer(asking, known, MakerJob.IdOf(offer.Identity, offer.ClientId));
        }
        else if (offer.PaidTo != _parts.Options.Receiver)
        {
            Refuse(asking, JobAnswer.Because(JobReason.OtherTransactionMaker, $"this one is {_parts.Options.Receiver}"));
        }
        else if (_preparing >= ClusterLimits.JobsPrepared)
        {
            Refuse(asking, JobAnswer.Because(JobReason.Overloaded, "too many are being looked at"));
        }
        else
        {
            _preparing++;
            var unseen = new JobPrepared(asking, null, JobAnswer.Because(JobReason.Overloaded, "it could not be looked at now"));
            _ = _parts.Clerk.PrepareAsync(submitted, asking, _stopping.Token).PipeTo(Self, failure: _ => unseen);
        }
    }

    private void Take(JobPrepared prepared)
    {
        _preparing--;
        if (prepared.Job is not { } job)
        {
            Refuse(prepared.Asking, prepared.Refusal!);
            return;
        }
        var decision = _rules.Accept(State, job);
        if (decision is not JobDecision.Accept accept)
        {
            Answer(prepared.Asking, decision, job.Id);
            return;
        }
        MakeDurable([accept.Event], () =>
        {
            Log.Info("Job {0}: {1} for {2} is taken, for {3} units at least.", job.Id, job.Kind, job.Identity, job.Pay.Least);
            prepared.Asking.Tell(JobAnswer.Of(JobStanding.Accepted(job)));
            Look();
        });
    }

    private void Answer(IActorRef asking, JobDecision decision, Bytes32 id)
    {
        if (decision is JobDecision.Refuse refuse) Refuse(asking, JobAnswer.Because(refuse.Reason, "it is not taken"));
        else asking.Tell(JobAnswer.Of(Find(id)!));
    }

    private void Refuse(IActorRef asking, JobAnswer answer)
    {
        _parts.Metrics.Refused(answer.Reason);
        asking.Tell(answer);
    }

    private JobStanding? Find(Bytes32 id) =>
        State.Finished.TryGetValue(id, out var over) ? JobStanding.Of(over)
        : State.Find(id) is { } open ? _standings.GetValueOrDefault(id, JobStanding.Accepted(open))
        : null;

    private void Look()
    {
        if (_isLooking) return;
        if (State.Open.IsEmpty)
        {
            Wait();
            return;
        }
        _isLooking = true;
        _ = _parts.Follower.LookAsync(State.Open, _lane, _stopping.Token).PipeTo(
            Self, success: sights => new JobsSeen(sights), failure: _ => new JobsSeen([]));
    }

    private void Continue(JobsSeen seen)
    {
        _isLooking = false;
        foreach (var sight in seen.Sights)
        {
            if (sight.Standing is { } standing) _standings[sight.Id] = standing;
        }
        var over = seen.Sights.Where(sight => sight.Outcome is not null && State.Find(sight.Id) is not null).ToArray();
        MakeDurable([.. over.Select(sight => new JobEvent.Finished(sight.Id, sight.Outcome!))], () =>
        {
            foreach (var sight in over) Report(sight);
            Wait();
        });
    }

    private void Report(JobSight sight)
    {
        _standings.Remove(sight.Id);
        var (job, outcome) = (State.Finished[sight.Id], sight.Outcome!);
        _parts.Metrics.Finished(job.Kind, sight);
        Log.Info("Job {0}: {1} for {2} is over: {3}.", job.Id, job.Kind, job.Identity, outcome.Reason.ToName());
        Log.Info("Job {0}: transaction {1}, {2} gas, {3} units received.", job.Id, outcome.Hash, outcome.GasUsed, sight.Earned);
    }

    private void Wait() => Timers.StartSingleTimer(LookDue.Instance, LookDue.Instance, _parts.Options.Lane.Interval);

    private sealed record JobsSeen(IReadOnlyList<JobSight> Sights) : INoSerializationVerificationNeeded;

    private sealed class LookDue : INoSerializationVerificationNeeded
    {
        public static readonly LookDue Instance = new();
    }
}
