using System.Collections.Immutable;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>
/// One receiving channel: mailbox and journal around the rules of <see cref="ProviderChannel"/>. Signs totals once they are durable,
/// outside of its mailbox, and sends Rs to consumer channels until they acknowledge them.
/// </summary>
internal sealed class ProviderChannelActor : ChannelActor<ProviderChannelState, ProviderChannelEvent>
{
    private readonly AccountantFee _fee;
    private readonly IPromiseSigner _signer;
    private readonly ChannelRegions _regions;
    private readonly ReportedChannels _reports;
    private readonly TimeProvider _time;

    // Where the next delivery of Rs begins, so that channels which never answer cannot keep the others waiting.
    private Address _deliverFrom;

    public ProviderChannelActor(
        string entityId,
        AccountantFee fee,
        IPromiseSigner signer,
        ChannelRegions regions,
        ReportedChannels reports,
        TimeProvider time,
        ClusterMetrics metrics)
        : base(ChannelIds.Provider, entityId, ProviderChannelState.Empty, metrics)
    {
        (_fee, _signer, _regions, _reports, _time) = (fee, signer, regions, reports, time);

        Command<PrepareBatch>(Prepare);
        Command<CreditAndSign>(CreditAndSign);
        Command<DeliverCredits>(Credit);
        Command<AcknowledgeReveals>(ack => Forget(state => ack.Hashlocks.Aggregate(
            state, (current, hashlock) => ProviderChannel.AcknowledgeReveal(current, ack.Channel, hashlock, ack.Credited))));
        Command<ObserveProviderChannel>(Observe);
        Command<ObserveReveal>(ObserveReveal);
        Command<ProveTotal>(Prove);
        Command<GetPayable>(_ => Sender.Tell(new PayableFound(Payable)));
        Command<DescribeProviderChannel>(_ => Describe());
        Command<RedeliveryDue>(_ => DeliverReveals());
    }

    // What was proven was proven with its R.
    private Payable Payable => new(
        Address, Amount.Max(State.Settleable, State.Proven), State.Facts.Settled, State.Gross, State.Promised);

    /// <inheritdoc/>
    protected override ProviderChannelState Apply(ProviderChannelState state, ProviderChannelEvent @event) =>
        ProviderChannel.Apply(state, @event);

    /// <inheritdoc/>
    protected override int EventsPerSnapshot(ProviderChannelState state) =>
        Math.Max(ClusterLimits.ProviderEventsPerSnapshot, state.CreditedBy.Count / ClusterLimits.ConsumersPerSnapshotEvent);

    /// <inheritdoc/>
    protected override IEnumerable<string> Check(ProviderChannelState state) =>
        ProviderChannelInvariants.Check(state).Select(invariant => invariant.ToString());

    /// <inheritdoc/>
    protected override IEnumerable<string> CheckStep(ProviderChannelState before, ProviderChannelState after) =>
        ProviderChannelInvariants.CheckStep(before, after).Select(invariant => invariant.ToString());

    /// <inheritdoc/>
    protected override void OnStateChanged()
    {
        _reports.Add(new Report(Address, Payable.Unsettled));
        ScheduleRedelivery();
    }

    private void Prepare(PrepareBatch message)
    {
        var requester = Sender;
        var decision = ProviderChannel.DecidePrepare(State, message.Reveals, message.Hashlocks);
        MakeDurable(decision.Events, then: () => requester.Tell(new BatchPrepared(decision.Reveals, decision.Hashlocks)));
    }

    private void CreditAndSign(CreditAndSign message)
    {
        var requester = Sender;
        var credited = DecideCredits(message.Credits);
        var signing = DecideSigning(Foresee(State, credited), message.Hashlock, message.Position);
        MakeDurable([.. credited, .. signing.Events], then: () =>
        {
            var channels = message.Credits.Select(credits => credits.Channel);
            var answer = new CreditedAndSigned(
                [.. channels.Select(channel => new CreditedTotal(channel, ProviderChannel.CreditedBy(State, channel)))],
                signing.Reason,
                Promise: null,
                State.Promised,
                State.Facts.Settled,
                State.Facts.Balance,
                State.Facts.Loan,
                State.Fees.BasisPoints);
            if (signing.Total is { } total)
                Sign(
                    total,
                    signed => answer with { Promise = signed },
                    () => answer with { Reason = RejectionReason.OutcomeUnknown },
                    requester);
            else
                requester.Tell(answer);
        });
    }

    private void Credit(DeliverCredits message)
    {
        var (channel, segments) = message.Credits;
        MakeDurable(DecideCredits([message.Credits]), then: () =>
        {
            var total = ProviderChannel.CreditedBy(State, channel);
            if (total < message.Credits.Total)
                Violated("CreditsWithoutGaps", $"{channel} sent {segments[0].From} to {message.Credits.Total}, but {total} is known");
            _regions.Tell(new AcknowledgeCredit(channel, Address, total), Self);
        });
    }

    private void Observe(ObserveProviderChannel message)
    {
        var requester = Sender;
        MakeDurable(ProviderChannel.DecideObservation(State, message.Facts), then: () => requester.Tell(Observed.Instance));
    }

    private void ObserveReveal(ObserveReveal message)
    {
        var requester = Sender;
        MakeDurable(ProviderChannel.DecidePrepare(State, [message.R], []).Events, then: () => requester.Tell(Observed.Instance));
    }

    private void Prove(ProveTotal message)
    {
        var requester = Sender;
        var decision = ProviderEvidence.Decide(State, message.Promised, message.Hashlock, message.R);
        MakeDurable(decision.Events, then: () => requester.Tell(new EvidenceTaken(decision.Reason)));
    }

    private void Describe()
    {
        var overview = new ProviderOverview(
            State.Gross,
            State.Revealed,
            State.Promised,
            State.Facts.Settled,
            State.Facts.Balance,
            State.Facts.Loan,
            LatestPromise: null,
            State.LastSigned?.Position)
        {
            Fees = State.Fees.FeeOn(State.Gross),
            Settleable = State.Settleable,
            Block = State.Facts.Block,
        };
        // Signatures are deterministic: signing the same total again is the same promise, which therefore need not be stored. Where the
        // signer knows of a higher one, these books are old, and the provider has what brings them up to date.
        if (State.LastSigned is { } total)
            Sign(
                total,
                signed => new ProviderChannelDescribed(overview with { LatestPromise = signed }),
                () => new ProviderChannelDescribed(overview),
                Sender);
        else
            Sender.Tell(new ProviderChannelDescribed(overview));
    }

    private ImmutableArray<ProviderChannelEvent> DecideCredits(ImmutableArray<ChannelCredits> credits) => ProviderChannel.DecideCredits(
        State,
        [.. credits.SelectMany(channel => channel.Segments.Select(segment => new ConsumerCredit(channel.Channel, segment)))],
        _fee.Terms.At((ulong)_time.GetUtcNow().ToUnixTimeSeconds()));

    private SigningDecision DecideSigning(ProviderChannelState state, Hashlock? hashlock, ChainPosition? position)
    {
        if (hashlock is not { } h) return new SigningDecision(RejectionReason.UnknownHashlock, null, []);
        try
        {
            return ProviderChannel.DecideSigning(state, h, position);
        }
        catch (InvalidOperationException exception)
        {
            // The credits are sound, whatever is wrong with the total: they are kept, and nothing is signed.
            Violated("TotalsNeverFall", exception.Message);
            return new SigningDecision(RejectionReason.OutcomeUnknown, null, []);
        }
    }

    // The signer is asked in the order in which totals became durable, reads them itself, and answers the requester, not this mailbox.
    // Every event so far is durable: none is written while another message is at work.
    private void Sign(SignedTotal total, Func<SignedProviderPromise, object> signed, Func<object> unsigned, IActorRef requester) =>
        _ = _signer.SignAsync(Address, total, LastSequenceNr).PipeTo(
            requester,
            Self,
            success: promise => promise is { } made ? signed(made) : unsigned(),
            failure: _ => unsigned());

    private void DeliverReveals()
    {
        var reveals = State.PendingReveals.Values
            .SelectMany(pending => pending.Channels.Select(channel => (Channel: channel, pending.R)))
            .ToLookup(pair => pair.Channel, pair => pair.R);
        var due = Math.Max(ClusterLimits.RevealDeliveriesPerInterval, reveals.Count / ClusterLimits.IntervalsPerRevealBacklog);
        var channels = reveals.Select(group => group.Key).ToList();
        var next = channels.Where(channel => channel > _deliverFrom).Order().Take(due).ToList();
        next.AddRange(channels.Where(channel => channel <= _deliverFrom).Order().Take(due - next.Count));
        foreach (var channel in next)
        {
            Metrics.Resent("reveals", 1);
            _regions.Tell(new DeliverReveals(channel, Address, [.. reveals[channel]]), Self);
            _deliverFrom = channel;
        }
        ScheduleRedelivery();
    }

    private void ScheduleRedelivery()
    {
        if (State.PendingReveals.IsEmpty || Timers.IsTimerActive(RedeliveryDue.Instance)) return;
        Timers.StartSingleTimer(RedeliveryDue.Instance, RedeliveryDue.Instance, ClusterLimits.RedeliveryInterval);
    }
}
