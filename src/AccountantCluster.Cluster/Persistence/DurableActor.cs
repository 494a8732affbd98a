using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace AccountantCluster.Cluster;

/// <summary>
/// What everything with a journal has in common: a state that only durable events change, recovery that accepts no gap, snapshots, and the
/// pace at which they are taken and the past is forgotten.
/// </summary>
internal abstract class DurableActor<TState, TEvent> : ReceivePersistentActor, IWithTimers
    where TState : class
    where TEvent : class
{
    private long _recoveredTo;
    private long _lastSnapshot;
    private long _nextSnapshot;
    private bool _isFenced;

    /// <param name="kind">What it is, in metrics and in its persistence id.</param>
    /// <param name="id">Which of them.</param>
    /// <param name="empty">The state before the first event.</param>
    /// <param name="metrics">Counts what is written and what fails.</param>
    protected DurableActor(string kind, string id, TState empty, ClusterMetrics metrics)
    {
        Kind = kind;
        PersistenceId = ChannelIds.JournalOf(kind, id);
        State = empty;
        Metrics = metrics;

        Recover<SnapshotOffer>(RecoverSnapshot);
        Recover<TEvent>(RecoverEvent);
        Recover<RecoveryCompleted>(_ => CompleteRecovery());
        RecoverAny(message => throw new InvalidOperationException($"{PersistenceId}: {message.GetType()} is none of its events."));

        Command<SaveSnapshotSuccess>(ForgetThePast);
        Command<SaveSnapshotFailure>(failure => Report(failure.Cause, "could not save a snapshot; the events are kept"));
        Command<DeleteMessagesSuccess>(_ => { });
        Command<DeleteMessagesFailure>(failure => Report(failure.Cause, "could not delete old events; they stay"));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(failure => Report(failure.Cause, "could not delete old snapshots; they stay"));
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Durable, always.</summary>
    protected TState State { get; private set; }

    protected ClusterMetrics Metrics { get; }

    private string Kind { get; }

    protected abstract TState Apply(TState state, TEvent @event);

    /// <summary>Events until the next snapshot: more for a large state, so that what is written grows with the events alone.</summary>
    protected abstract int EventsPerSnapshot(TState state);

    /// <summary>What does not hold of a state that was recovered.</summary>
    protected virtual IEnumerable<string> Check(TState state) => [];

    /// <summary>What does not hold of the way from one state to the next.</summary>
    protected virtual IEnumerable<string> CheckStep(TState before, TState after) => [];

    /// <summary>The state has changed, or was recovered.</summary>
    protected virtual void OnStateChanged()
    {
    }

    /// <summary>It knows again what was stored.</summary>
    protected virtual void OnRecovered()
    {
    }

    /// <summary>The first events of all were stored.</summary>
    protected virtual void OnBegun()
    {
    }

    /// <summary>The state after events that are not durable yet.</summary>
    protected TState Foresee(TState state, IEnumerable<TEvent> events) => events.Aggregate(state, Apply);

    /// <summary>
    /// Makes events durable in one transaction, then applies them, then goes on. Nobody may hear of them before. Where there are none, what
    /// is known is durable already. A failed write stops the actor, and nobody is answered.
    /// </summary>
    protected void MakeDurable(IReadOnlyCollection<TEvent> events, Action then)
    {
        if (events.Count == 0)
        {
            then();
            return;
        }

        var (left, before) = (events.Count, State);
        PersistAll(events, @event =>
        {
            State = Apply(State, @event);
            if (--left > 0) return;
            if (LastSequenceNr == events.Count) OnBegun();
            Metrics.EventsPersisted(Kind, events.Count);
            foreach (var invariant in CheckStep(before, State)) Violated(invariant, "does not hold any more");
            OnStateChanged();
            then();
            SaveSnapshotIfDue();
        });
    }

    /// <summary>Changes the part of the state that is not durable: what the other side has acknowledged.</summary>
    protected void Forget(Func<TState, TState> acknowledge) => State = acknowledge(State);

    /// <summary>Says loudly that something is as it must never be.</summary>
    protected void Violated(string invariant, string message)
    {
        Metrics.InvariantViolated(invariant);
        Log.Error("{0}: {1}: {2}.", PersistenceId, invariant, message);
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        Metrics.PersistenceFailed(Kind);
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        if (cause is FencedException)
        {
            Fence(cause);
            return;
        }
        // The default goes on without the event: then the journal and the answers would part ways.
        Metrics.PersistenceFailed(Kind);
        base.OnPersistRejected(cause, @event, sequenceNr);
        Context.Stop(Self);
    }

    /// <inheritdoc/>
    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        Metrics.PersistenceFailed(Kind);
        base.OnRecoveryFailure(reason, message);
    }

    // Lives twice, and the other one was first. Nobody is answered; with the next message it comes back and knows what the other wrote.
    private void Fence(Exception cause)
    {
        // Each event of a write is rejected.
        if (_isFenced) return;
        _isFenced = true;
        Metrics.ChannelFenced(Kind);
        Log.Warning("{0} This one stops.", cause.Message);
        Context.Stop(Self);
    }

    private void RecoverSnapshot(SnapshotOffer offer)
    {
        State = (TState)offer.Snapshot;
        _recoveredTo = offer.Metadata.SequenceNr;
        _lastSnapshot = _recoveredTo;
    }

    private void RecoverEvent(TEvent @event)
    {
        if (LastSequenceNr != _recoveredTo + 1)
            throw new InvalidOperationException($"{PersistenceId}: event {LastSequenceNr} comes after {_recoveredTo}; others are lost.");
        State = Apply(State, @event);
        _recoveredTo = LastSequenceNr;
    }

    private void CompleteRecovery()
    {
        if (LastSequenceNr != _recoveredTo)
        {
            // The journal remembers events that neither it nor a snapshot holds: the snapshot file is lost.
            Metrics.PersistenceFailed(Kind);
            Log.Error("{0}: the journal reached {1}, but nothing after {2} can be recovered.", PersistenceId, LastSequenceNr, _recoveredTo);
            Context.Stop(Self);
            return;
        }
        OnRecovered();
        _nextSnapshot = _lastSnapshot + EventsPerSnapshot(State);
        Metrics.EntityRecovered(Kind);
        foreach (var invariant in Check(State)) Violated(invariant, "does not hold of what was recovered");
        OnStateChanged();
    }

    private void SaveSnapshotIfDue()
    {
        if (LastSequenceNr < _nextSnapshot) return;
        _nextSnapshot = LastSequenceNr + EventsPerSnapshot(State);
        SaveSnapshot(State);
    }

    // The snapshot before the newest is kept with the events after it: should the newest not be readable, deleting it repairs the channel.
    private void ForgetThePast(SaveSnapshotSuccess success)
    {
        var previous = _lastSnapshot;
        _lastSnapshot = success.Metadata.SequenceNr;
        if (previous == 0) return;
        DeleteMessages(previous);
        DeleteSnapshots(new SnapshotSelectionCriteria(previous - 1));
    }

    private void Report(Exception cause, string what)
    {
        Metrics.PersistenceFailed(Kind);
        Log.Warning(cause, "{0} {1}.", PersistenceId, what);
    }
}
