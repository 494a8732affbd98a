using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Akka.Actor;
using Akka.Event;

namespace AccountantCluster.Cluster;

/// <summary>
/// The lane of one key: mailbox and journal around the rules of <see cref="TransactionLane"/>. Whatever is handed in was stored before.
/// Where it lives twice, the journal refuses one of the two, and both hand in nothing but what is stored.
/// </summary>
internal sealed class LaneActor : DurableActor<LaneState, LaneEvent>, IDisposable
{
    private readonly IEthereumClient _client;
    private readonly LaneKey _lane;
    private readonly ICurve _curve;
    private readonly Address _sender;
    private readonly TransactionLane _rules;
    private readonly LaneReader _reader;
    private readonly CancellationTokenSource _stopping = new();

    public LaneActor(IEthereumClient client, LaneKey lane, ICurve curve, ClusterMetrics metrics)
        : base("lane", Convert.ToHexStringLower(lane.Key.Address.ToArray()), LaneState.Empty, metrics)
    {
        (_client, _lane, _curve, _sender) = (client, lane, curve, lane.Key.Address);
        _rules = new TransactionLane(lane.ChainId, _sender, transaction => transaction.Sign(lane.Key, curve).Hash, lane.Options);
        _reader = new LaneReader(client, _sender, lane.Options);

        Command<PlaceOrder>(Prepare);
        Command<Prepared>(Place);
        Command<CountOrders>(_ => Sender.Tell(State.Open.Count));
        Command<LookDue>(_ => Look());
        Command<LaneSight>(Continue);
        Command<Status.Failure>(failure => Wait(failure.Cause));
    }

    /// <inheritdoc/>
    protected override LaneState Apply(LaneState state, LaneEvent @event) => state.Apply(@event, _lane.Options.RememberedOutcomes);

    /// <inheritdoc/>
    protected override int EventsPerSnapshot(LaneState state) => ClusterLimits.LaneEventsPerSnapshot;

    /// <inheritdoc/>
    protected override void OnRecovered() => Self.Tell(LookDue.Instance);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopping.Cancel();
        base.PostStop();
    }

    /// <summary>Called by the actor system after <see cref="PostStop"/>.</summary>
    public void Dispose() => _stopping.Dispose();

    private void Prepare(PlaceOrder order)
    {
        var asking = Sender;
        // What is known needs no chain.
        if (State.Finished.TryGetValue(order.Order, out var outcome)) Answer(asking, outcome);
        else if (State.Find(order.Order) is not null) Answer(asking, outcome: null);
        else _ = PrepareAsync(order, asking, _stopping.Token).PipeTo(Self);
    }

    private async Task<Prepared> PrepareAsync(PlaceOrder order, IActorRef asking, CancellationToken cancellation)
    {
        try
        {
            await _client.SimulateAsync(_sender, order.Request, BlockReference.Pending, cancellation);
            var gasLimit = _lane.Options.Gas.LimitFor(await _client.EstimateGasAsync(_sender, order.Request, cancellation));
            var count = await _client.GetTransactionCountAsync(_sender, BlockReference.Pending, cancellation);
            var head = await _client.GetBlockNumberAsync(cancellation);
            return new Prepared(order, asking, gasLimit, count, head, await _client.GetFeeSuggestionAsync(cancellation), Problem: null);
        }
        catch (EthereumException problem)
        {
            return new Prepared(order, asking, 0, 0, 0, new FeeSuggestion(0, 0), problem);
        }
    }

    private void Place(Prepared prepared)
    {
        if (prepared.Problem is { } problem)
        {
            Refuse(prepared.Asking, problem);
            return;
        }
        var (order, request) = (prepared.Order.Order, prepared.Order.Request);
        switch (_rules.Place(State, order, request, prepared.GasLimit, prepared.Count, prepared.Head, prepared.Gas))
        {
            case PlaceDecision.Place place:
                MakeDurable([place.Event], () =>
                {
                    HandIn(place.Event.Nonce);
                    Answer(prepared.Asking, outcome: null);
                });
                break;
            case PlaceDecision.Finished finished:
                Answer(prepared.Asking, finished.Outcome);
                break;
            case PlaceDecision.UnderWay:
                Answer(prepared.Asking, outcome: null);
                break;
            case PlaceDecision.Full:
                Refuse(
                    prepared.Asking,
                    new TransactionRefusedException($"{State.Open.Count} transactions are under way, as many as may be."));
                break;
            case PlaceDecision.TooDear:
                Refuse(
                    prepared.Asking,
                    new TransactionRefusedException($"Gas costs {prepared.Gas.NextBaseFeePerGasWei} wei, more than it may."));
                break;
        }
    }

    private static void Answer(IActorRef asking, LaneOutcome? outcome) => asking.Tell(new OrderStands(outcome, Refusal: null));

    private static void Refuse(IActorRef asking, EthereumException why) => asking.Tell(new OrderStands(Outcome: null, why));

    private void Look()
    {
        if (State.Open.IsEmpty) Wait(problem: null);
        else _ = _reader.ReadAsync([.. State.Open.Values], _stopping.Token).PipeTo(Self);
    }

    private void Continue(LaneSight sight)
    {
        var steps = _rules.Look(State, sight);
        MakeDurable([.. steps.OfType<LaneStep.Record>().Select(record => record.Event)], () =>
        {
            foreach (var step in steps.OfType<LaneStep.HandIn>()) HandIn(step.Nonce);
            foreach (var record in steps.OfType<LaneStep.Record>()) Report(record.Event);
            Wait(problem: null);
        });
    }

    private void Wait(Exception? problem)
    {
        if (problem is not null)
            Log.Warning(problem, "{0}: the chain does not say where its transactions are; asked again.", PersistenceId);
        Timers.StartSingleTimer(LookDue.Instance, LookDue.Instance, _lane.Interval);
    }

    private void HandIn(ulong nonce)
    {
        var transaction = State.Open[nonce];
        var signed = transaction.Make(_lane.ChainId, _sender, transaction.Last.Fees, transaction.Last.Cancels).Sign(_lane.Key, _curve);
        _ = HandInAsync(signed, Log, _stopping.Token);
    }

    // What the node makes of it is seen at the next look; one that refuses is asked again.
    private async Task HandInAsync(SignedTransaction signed, ILoggingAdapter log, CancellationToken cancellation)
    {
        try
        {
            await _client.SendRawTransactionAsync(signed.Raw, cancellation);
        }
        catch (Exception problem) when (problem is EthereumException or OperationCanceledException)
        {
            log.Warning(
                "{0}: transaction {1} with nonce {2} was not taken: {3}", PersistenceId, signed.Hash, signed.Nonce, problem.Message);
        }
    }

    private void Report(LaneEvent @event)
    {
        switch (@event)
        {
            case LaneEvent.Replaced replaced:
                Log.Info(
                    "{0}: {1} takes the place of what waited with nonce {2}, for up to {3} wei.",
                    PersistenceId,
                    replaced.Attempt.Hash,
                    replaced.Nonce,
                    replaced.Attempt.Fees.MaxWei);
                break;
            case LaneEvent.Finished { Outcome.Kind: LaneOutcomeKind.Overtaken } finished:
                Log.Error("{0}: somebody else sends with this key: nonce {1} is not ours.", PersistenceId, finished.Outcome.Nonce);
                break;
        }
    }

    private sealed record Prepared(
        PlaceOrder Order, IActorRef Asking, ulong GasLimit, ulong Count, ulong Head, FeeSuggestion Gas, EthereumException? Problem)
        : INoSerializationVerificationNeeded;

    private sealed class LookDue : INoSerializationVerificationNeeded
    {
        public static readonly LookDue Instance = new();
    }
}
