using System.Collections.Immutable;
using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>
/// One paying channel: mailbox and journal around the rules of <see cref="ConsumerChannel"/>. Sends its credits to provider channels until
/// they acknowledge them.
/// </summary>
internal sealed class ConsumerChannelActor : ChannelActor<ConsumerChannelState, ConsumerChannelEvent>
{
    private readonly ChannelPolicy _policy;
    private readonly OpeningPolicy _opening;
    private readonly ChannelRegions _regions;
    private readonly ChannelReports _reports;
    private readonly IPromiseSigner _signer;
    private readonly TimeProvider _time;

    public ConsumerChannelActor(
        string entityId,
        ChannelPolicy policy,
        OpeningPolicy opening,
        ChannelRegions regions,
        ChannelReports reports,
        IPromiseSigner signer,
        TimeProvider time,
        ClusterMetrics metrics)
        : base(ChannelIds.Consumer, entityId, ConsumerChannelState.Empty, metrics)
    {
        (_policy, _opening, _regions, _reports, _signer, _time) = (policy, opening, regions, reports, signer, time);

        Command<OfferPromises>(Offer);
        Command<AcknowledgeCredit>(ack => Forget(state => ConsumerChannel.Acknowledge(state, ack.Provider, ack.Total)));
        Command<DeliverReveals>(Reveal);
        Command<ObserveConsumerChannel>(message => Observe(ConsumerChannel.DecideObservation(State, message.Facts)));
        Command<ObserveExitRequest>(message => Observe(ConsumerExit.DecideSight(State, message.Block)));
        Command<FreezeConsumerChannel>(message => Observe(ConsumerChannel.DecideFreeze(message.Frozen)));
        Command<ConsentToExit>(Consent);
        Command<ProvePromise>(Prove);
        Command<HoldRegistration>(Hold);
        Command<GetCollectable>(_ => Sender.Tell(new CollectableFound(CollectableWithProviders)));
        Command<DescribeConsumerChannel>(_ => Sender.Tell(new ConsumerChannelDescribed(Describe(State))));
        Command<RedeliveryDue>(_ => RedeliverCredits());
    }

    private Collectable Collectable => new(Address, State.Settleable, State.Facts.Settled)
    {
        Promised = State.Promised,
        Credited = State.Credited,
    };

    private Collectable CollectableWithProviders => Collectable with { Providers = [.. State.Agreements.Keys] };

    /// <inheritdoc/>
    protected override ConsumerChannelState Apply(ConsumerChannelState state, ConsumerChannelEvent @event) =>
        ConsumerChannel.Apply(state, @event);

    /// <inheritdoc/>
    protected override int EventsPerSnapshot(ConsumerChannelState state) =>
        Math.Max(ClusterLimits.ConsumerEventsPerSnapshot, state.Agreements.Count / ClusterLimits.ProvidersPerSnapshotEvent);

    /// <inheritdoc/>
    protected override IEnumerable<string> Check(ConsumerChannelState state) =>
        ConsumerChannelInvariants.Check(state).Select(invariant => invariant.ToString());

    /// <inheritdoc/>
    protected override IEnumerable<string> CheckStep(ConsumerChannelState before, ConsumerChannelState after) =>
        ConsumerChannelInvariants.CheckStep(before, after).Select(invariant => invariant.ToString());

    /// <inheritdoc/>
    protected override void OnStateChanged()
    {
        _reports.Consumers.Add(new Report(Address, Collectable.Unsettled));
        if (State.Facts.Granted.IsZero) ReportOpening();
        ScheduleRedelivery();
    }

    private void Offer(OfferPromises message)
    {
        var requester = Sender;
        var state = State;
        var events = new List<ConsumerChannelEvent>();
        var outcomes = ImmutableArray.CreateBuilder<OfferOutcome>(message.Offers.Length);
        foreach (var (promise, knownR) in message.Offers)
        {
            var decision = ConsumerChannel.DecideOffer(state, promise, knownR, _policy);
            state = Foresee(state, decision.Events);
            events.AddRange(decision.Events);
            outcomes.Add(new OfferOutcome(
                decision.Reason,
                decision.Delta,
                decision.Expected,
                decision.Reason == RejectionReason.PromiseTooLow ? state.Latest : null));
        }

        MakeDurable(events, then: () => requester.Tell(
            new PromisesOffered(Address, outcomes.MoveToImmutable(), [.. State.With(message.Provider).Unacknowledged])));
    }

    private void Reveal(DeliverReveals message)
    {
        var state = State;
        var events = new List<ConsumerChannelEvent>();
        foreach (var r in message.Preimages)
        {
            var opened = ConsumerChannel.DecideReveal(state, r);
            state = Foresee(state, opened);
            events.AddRange(opened);
        }

        MakeDurable(events, then: () => _regions.Tell(
            new AcknowledgeReveals(
                message.Provider, Address, [.. message.Preimages.Select(r => r.ToHashlock())], State.With(message.Provider).Credited),
            Self));
    }

    private void Observe(ImmutableArray<ConsumerChannelEvent> events)
    {
        var requester = Sender;
        MakeDurable(events, then: () => requester.Tell(Observed.Instance));
    }

    // The amount is off deposited durably before the operator signs, which happens elsewhere.
    private void Consent(ConsentToExit message)
    {
        var requester = Sender;
        var decision = ConsumerExit.DecideConsent(State, message.Consent, (ulong)_time.GetUtcNow().ToUnixTimeSeconds());
        if (decision.Reason != RejectionReason.None)
        {
            requester.Tell(new ExitConsented(decision.Reason, Signature: null));
            return;
        }
        MakeDurable(decision.Events, then: () => _ = _signer.SignAsync(Address, message.Consent, LastSequenceNr).PipeTo(
            requester,
            Self,
            success: signature => new ExitConsented(
                signature is null ? RejectionReason.OutcomeUnknown : RejectionReason.None, signature),
            failure: _ => new ExitConsented(RejectionReason.OutcomeUnknown, Signature: null)));
    }

    private void Prove(ProvePromise message)
    {
        var requester = Sender;
        var decision = ConsumerEvidence.Decide(State, message.Promise, message.R);
        MakeDurable(decision.Events, then: () => requester.Tell(new EvidenceTaken(decision.Reason)));
    }

    private void Hold(HoldRegistration message)
    {
        var requester = Sender;
        var decision = ConsumerOpening.DecideHold(State, message.Opening, _opening, (ulong)_time.GetUtcNow().ToUnixTimeSeconds());
        MakeDurable(decision.Events, then: () =>
        {
            // Also where it is held already: whoever grants may not have heard of it, or not of one that holds longer.
            ReportOpening();
            requester.Tell(new RegistrationAnswered(decision.Reason, State.Deposited));
        });
    }

    private void ReportOpening()
    {
        if (State.Opening is { } opening) _reports.Openings.Add(new HeldOpening(Address, opening));
    }

    private void RedeliverCredits()
    {
        foreach (var (provider, agreements) in State.Agreements)
        {
            if (agreements.Unacknowledged.IsEmpty) continue;
            Metrics.Resent("credits", 1);
            _regions.Tell(new DeliverCredits(provider, new ChannelCredits(Address, [.. agreements.Unacknowledged])), Self);
        }
        ScheduleRedelivery();
    }

    // Also after recovery, when everything since the snapshot counts as unacknowledged.
    private void ScheduleRedelivery()
    {
        if (Timers.IsTimerActive(RedeliveryDue.Instance)) return;
        if (State.Agreements.Values.Any(agreements => !agreements.Unacknowledged.IsEmpty))
            Timers.StartSingleTimer(RedeliveryDue.Instance, RedeliveryDue.Instance, ClusterLimits.RedeliveryInterval);
    }

    private static ConsumerOverview Describe(ConsumerChannelState state) => new(
        state.Facts.Registered,
        state.Deposited,
        state.Promised,
        state.SettleableAmount,
        state.Credited,
        state.Facts.Settled,
        state.Latest)
    {
        Frozen = state.Frozen,
        Exiting = state.IsExiting,
        Consented = state.OutstandingConsent?.Amount ?? Amount.Zero,
        Block = state.Facts.Block,
        OpeningDeadline = state.Opening?.Deadline ?? 0,
    };
}
