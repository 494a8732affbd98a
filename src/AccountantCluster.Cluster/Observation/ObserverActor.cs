using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Channels.Openings;
using Akka.Actor;
using Akka.Event;

namespace AccountantCluster.Cluster;

/// <summary>
/// Follows the chain, one look after the other, whatever else the settlement waits for. How far it has read is durable, with the hashes of
/// blocks on the way and the channels that were found: after a restart, on whichever node, it goes on there, and walks back first where the
/// chain was reorganised meanwhile.
/// </summary>
internal sealed class ObserverActor : DurableActor<ObserverState, ObserverEvent>, IDisposable
{
    // A failed look is tried again with growing pauses, up to this many intervals.
    private const int LongestPause = 10;

    private readonly LogHistory _history;
    private readonly ChainObserver _observer;
    private readonly OpeningDesk _openings;
    private readonly SettlementOptions _options;
    private readonly SettlementMetrics _chain;
    private readonly CancellationTokenSource _stopping = new();
    private int _failures;

    // Up to where reading is durable.
    private ulong _stored;

    public ObserverActor(
        LogHistory history,
        ChainObserver observer,
        OpeningDesk openings,
        AccountantAddresses addresses,
        SettlementOptions options,
        ClusterMetrics metrics,
        SettlementMetrics chain)
        : base("observer", Convert.ToHexStringLower(addresses.Accountant.ToArray()), ObserverState.Empty, metrics)
    {
        (_history, _observer, _openings, _options, _chain) = (history, observer, openings, options, chain);
        Command<LookDue>(_ => Look());
        Command<ChainReading>(Store);
        Command<OpeningsReported>(reported => _openings.Remember(reported.Held));
        Command<OpeningsGranted>(Tell);
        Command<Told>(told => MakeDurable(told.Ended, () => Continue(told)));
        Command<DescribeObserver>(_ => Sender.Tell(State));
        Command<Status.Failure>(failure => TryAgain(failure.Cause));
    }

    /// <inheritdoc/>
    protected override ObserverState Apply(ObserverState state, ObserverEvent @event) => state.Apply(@event);

    /// <inheritdoc/>
    protected override int EventsPerSnapshot(ObserverState state) =>
        ClusterLimits.ObserverEventsPerSnapshot + (state.Consumers.Count / ClusterLimits.ConsumersPerSnapshotEvent);

    /// <inheritdoc/>
    protected override void OnRecovered()
    {
        _observer.Known.Recall(State);
        _stored = State.Trail.Newest?.Number ?? 0;
        Self.Tell(LookDue.Instance);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopping.Cancel();
        base.PostStop();
    }

    /// <summary>Called by the actor system after <see cref="PostStop"/>.</summary>
    public void Dispose() => _stopping.Dispose();

    private void Look() => _ = ReadAsync(State, _stopping.Token).PipeTo(Self);

    // What is stored as read must have been told where nobody would tell it again.
    private async Task<object> ReadAsync(ObserverState state, CancellationToken cancellation)
    {
        var reading = await _history.ReadAsync(state, cancellation);
        return await _observer.TellRevealsAsync(reading, cancellation) ? reading : new Told(null, IsBehind: false);
    }

    private void Store(ChainReading reading)
    {
        if (reading.WentBack > 0)
        {
            _chain.ChainReorganised(reading.WentBack);
            Log.Error(
                "{0}: the chain was reorganised below a confirmed block, by up to {1} blocks; {2} confirmations do not allow for that.",
                PersistenceId,
                reading.WentBack,
                _options.Confirmations);
        }
        // A height alone is stored now and then: what lies between is read again after a restart.
        if (reading.Events.Any(IsWorthAWrite))
        {
            MakeDurable(reading.Events, () =>
            {
                _stored = State.Trail.Newest?.Number ?? 0;
                Tell(reading);
            });
        }
        else
        {
            Forget(state => Foresee(state, reading.Events));
            Tell(reading);
        }
    }

    private bool IsWorthAWrite(ObserverEvent @event) =>
        @event is not ObserverEvent.Read read || read.HasNews || read.UpTo.Number >= _stored + _options.BlocksPerWrite;

    private void Tell(ChainReading reading)
    {
        _observer.Known.Learn(reading);
        if (reading.Confirmed is not { } block) Continue(new Told(null, IsBehind: !reading.Events.IsEmpty));
        else _ = GrantAsync(State.Openings, block, _stopping.Token).PipeTo(Self);
    }

    private async Task<OpeningsGranted> GrantAsync(OpeningLedger openings, Block block, CancellationToken cancellation) =>
        new(block, await _openings.GrantAsync(openings, block, cancellation));

    // A channel hears of what it may spend once that counts against the limit of all.
    private void Tell(OpeningsGranted granted) => MakeDurable(granted.Events, () =>
    {
        _observer.Follow(State.Openings);
        _ = TellAsync(State.Openings, granted.Block, _stopping.Token).PipeTo(Self);
    });

    private async Task<Told> TellAsync(OpeningLedger openings, Block block, CancellationToken cancellation)
    {
        await _observer.TellAsync(block, cancellation);
        return new Told(block, IsBehind: false)
        {
            Ended = await _openings.JudgeAsync(openings, block, _observer.Known.Consumer, cancellation),
        };
    }

    private void Continue(Told told)
    {
        _failures = 0;
        if (told.Block is { } block)
        {
            _chain.ChainSighted(block, _observer.Known.Waiting);
            Context.Parent.Tell(new ChainSighted(block, [.. _observer.Known.Exits], State.Openings));
        }
        if (told.IsBehind) Self.Tell(LookDue.Instance);
        else Timers.StartSingleTimer(LookDue.Instance, LookDue.Instance, _options.ObserveInterval);
    }

    private void TryAgain(Exception problem)
    {
        if (_stopping.IsCancellationRequested) return;
        _failures = Math.Min(_failures + 1, LongestPause);
        _chain.LookFailed();
        Log.Warning(problem, "{0}: following the chain failed; it is tried again.", PersistenceId);
        Timers.StartSingleTimer(LookDue.Instance, LookDue.Instance, _options.ObserveInterval * _failures);
    }

    private sealed class LookDue : INoSerializationVerificationNeeded
    {
        public static readonly LookDue Instance = new();
    }

    private sealed record OpeningsGranted(Block Block, ImmutableArray<ObserverEvent> Events) : INoSerializationVerificationNeeded;

    private sealed record Told(Block? Block, bool IsBehind) : INoSerializationVerificationNeeded
    {
        public ImmutableArray<ObserverEvent> Ended { get; init; } = [];
    }
}
