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
    private readonly LaneSigner _signer;
    private readonly TransactionLane _rules;
    private readonly LaneReader _reader;
    private readonly CancellationTokenSource _stopping = new();

    public LaneActor(IEthereumClient client, LaneKey lane, ICurve curve, ClusterMetrics metrics)
        : base("lane", Convert.ToHexStringLower(lane.Signer.Address.ToArray()), LaneState.Empty, metrics)
    {
        (_client, _lane, _signer) = (client, lane, new LaneSigner(lane.ChainId, lane.Signer, curve));
        _rules = new TransactionLane(lane.Options);
        _reader = new LaneReader(client, _signer.Sender, lane.Options);

        Command<PlaceOrder>(Prepare);
        // Nothing else is at work while something is signed: what was decided still holds then.
        CommandAsync<Prepared>(PlaceAsync);
        Command<FindOrder>(order => Answer(Sender, order.Order));
        Command<CountOrders>(_ => Sender.Tell(State.Open.Count));
        Command<LookDue>(_ => Look());
        CommandAsync<LaneSight>(ContinueAsync);
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
        if (State.Finished.ContainsKey(order.Order) || State.Find(order.Order) is not null) Answer(asking, order.Order);
        else _ = PrepareAsync(order, asking, _stopping.Token).PipeTo(Self);
    }

    private async Task<Prepared> PrepareAsync(PlaceOrder order, IActorRef asking, CancellationToken cancellation)
    {
        try
        {
            await _client.SimulateAsync(_signer.Sender, order.Request, BlockReference.Pending, cancellation);
            var gasLimit = _lane.Options.Gas.LimitFor(await _client.EstimateGasAsync(_signer.Sender, order.Request, cancellation));
            var count = await _client.GetTransactionCountAsync(_signer.Sender, BlockReference.Pending, cancellation);
            var head = await _client.GetBlockNumberAsync(cancellation);
            return new Prepared(order, asking, gasLimit, count, head, await _client.GetFeeSuggestionAsync(cancellation), Problem: null);
        }
        catch (EthereumException problem)
        {
            return new Prepared(order, asking, 0, 0, 0, new FeeSuggestion(0, 0), problem);
        }
    }

    private async Task PlaceAsync(Prepared prepared)
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
                await PlaceAsync(place, prepared.Asking);
                break;
            case PlaceDecision.Finished or PlaceDecision.UnderWay:
                Answer(prepared.Asking, order);
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

    private async Task PlaceAsync(PlaceDecision.Place place, IActorRef asking)
    {
        try
        {
            var attempt = await _signer.SignAsync(place.Transaction, place.Offer, _stopping.Token);
            MakeDurable([place.Transaction.PlacedWith(attempt)], () =>
            {
                HandIn(place.Transaction.Nonce);
                Answer(asking, place.Transaction.Order);
            });
        }
        catch (EthereumException problem)
        {
            Refuse(asking, problem);
        }
    }

    private void Answer(IActorRef asking, Bytes32 order) =>
        asking.Tell(new OrderStands(State.Finished.GetValueOrDefault(order), State.Find(order), Refusal: null));

    private static void Refuse(IActorRef asking, EthereumException why) => asking.Tell(new OrderStands(Outcome: null, Open: null, why));

    private void Look()
    {
        if (State.Open.IsEmpty) Wait(problem: null);
        else _ = _reader.ReadAsync([.. State.Open.Values], _stopping.Token).PipeTo(Self);
    }

    private async Task ContinueAsync(LaneSight sight)
    {
        var (events, ready) = (new List<LaneEvent>(), new List<ulong>());
        EthereumException? unsigned = null;
        foreach (var step in _rules.Look(State, sight))
        {
            try
            {
                switch (step)
                {
                    case LaneStep.Record record:
                        events.Add(record.Event);
                        break;
                    case LaneStep.HandIn handIn:
                        ready.Add(handIn.Nonce);
                        break;
                    case LaneStep.Replace replace:
                        var another = await _signer.SignAsync(State.Open[replace.Nonce], replace.Offer, _stopping.Token);
                        events.Add(new LaneEvent.Replaced(replace.Nonce, another));
                        ready.Add(replace.Nonce);
                        break;
                    case LaneStep.Fill fill:
                        var filler = await _signer.SignAsync(fill.Transaction, fill.Offer, _stopping.Token);
                        events.Add(fill.Transaction.PlacedWith(filler));
                        ready.Add(fill.Transaction.Nonce);
                        break;
                }
            }
            catch (EthereumException problem)
            {
                // The next look comes to the same.
                unsigned = problem;
            }
        }
        MakeDurable(events, () =>
        {
            foreach (var nonce in ready) HandIn(nonce);
            foreach (var @event in events) Report(@event);
            Wait(unsigned);
        });
    }

    private void Wait(Exception? problem)
    {
        if (problem is not null)
            Log.Warning(problem, "{0}: its transactions could not be looked after; tried again.", PersistenceId);
        Timers.StartSingleTimer(LookDue.Instance, LookDue.Instance, _lane.Interval);
    }

    private void HandIn(ulong nonce) => _ = HandInAsync(State.Open[nonce], Log, _stopping.Token);

    // What the node makes of it is seen at the next look; one that refuses is asked again.
    private async Task HandInAsync(LaneTransaction transaction, ILoggingAdapter log, CancellationToken cancellation)
    {
        try
        {
            var signed = await _signer.RemakeAsync(transaction, cancellation);
            await _client.SendRawTransactionAsync(signed.Raw, cancellation);
        }
        catch (Exception problem) when (problem is EthereumException or OperationCanceledException)
        {
            log.Warning(
                "{0}: transaction {1} with nonce {2} was not taken: {3}",
                PersistenceId,
                transaction.Last.Hash,
                transaction.Nonce,
                problem.Message);
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
            case LaneEvent.Placed placed:
                Log.Error("{0}: the chain has lost nonce {1} after it counted; something else takes it.", PersistenceId, placed.Nonce);
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
