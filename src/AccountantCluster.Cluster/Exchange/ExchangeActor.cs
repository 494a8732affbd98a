using Akka.Actor;
using Akka.Event;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>
/// The way of one batch (protocol §4): its reveals to the provider channel, its promises to their consumer channels, their credits back to the provider
/// channel, which signs; then the answer, and acknowledgements to the consumer channels. Lives until then or until the deadline. What is not answered
/// goes out again.
/// </summary>
internal sealed class ExchangeActor : ReceiveActor, IWithTimers
{
    private readonly BatchProgress _batch;
    private readonly TimeSpan _deadline;
    private readonly IActorRef _requester;
    private readonly ChannelRegions _regions;
    private readonly ClusterMetrics _metrics;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public ExchangeActor(ExchangeRequest request, TimeSpan deadline, IActorRef requester, ChannelRegions regions, ClusterMetrics metrics)
    {
        (_batch, _deadline, _requester, _regions, _metrics) = (new BatchProgress(request), deadline, requester, regions, metrics);
        Become(Preparing);
    }

    private enum Alarm
    {
        Resend,
        OffersDue,
        Deadline,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartSingleTimer(Alarm.Deadline, Alarm.Deadline, _deadline);
        Timers.StartSingleTimer(Alarm.OffersDue, Alarm.OffersDue, _deadline * ClusterLimits.OffersShareOfDeadline);
        Timers.StartPeriodicTimer(Alarm.Resend, Alarm.Resend, ClusterLimits.ResendInterval);
        _regions.Tell(_batch.ToPrepare(), Self);
    }

    private void Preparing()
    {
        Receive<BatchPrepared>(prepared =>
        {
            _batch.Prepared(prepared);
            if (_batch.OffersAwaited == 0)
            {
                CreditAndSign();
                return;
            }
            foreach (var offers in _batch.ToOffer()) _regions.Tell(offers, Self);
            Become(Offering);
        });
        ReceiveAlarms(resend: () => Resend(_batch.ToPrepare()), offersDue: () => { });
    }

    private void Offering()
    {
        Receive<PromisesOffered>(offered =>
        {
            _batch.Offered(offered);
            if (_batch.OffersAwaited == 0) CreditAndSign();
        });
        ReceiveAlarms(
            resend: () =>
            {
                foreach (var offers in _batch.ToOffer()) Resend(offers);
            },
            offersDue: CreditAndSign);
    }

    private void Signing()
    {
        Receive<CreditedAndSigned>(signed =>
        {
            foreach (var gap in _batch.GapsIn(signed))
            {
                _metrics.InvariantViolated("CreditsWithoutGaps");
                _log.Error("{0} counts {1} of {2}, which credited {3}: something between is missing.", gap.Provider, gap.Counted, gap.Channel, gap.Sent);
            }
            Answer(_batch.Complete(signed));
            foreach (var acknowledgement in _batch.ToAcknowledge(signed)) _regions.Tell(acknowledgement, ActorRefs.NoSender);
        });
        ReceiveAlarms(resend: () => Resend(_batch.ToCredit()), offersDue: () => { });
    }

    private void CreditAndSign()
    {
        _regions.Tell(_batch.ToCredit(), Self);
        Become(Signing);
    }

    private void ReceiveAlarms(Action resend, Action offersDue)
    {
        Receive<Alarm>(alarm => alarm == Alarm.Resend, _ => resend());
        Receive<Alarm>(alarm => alarm == Alarm.OffersDue, _ => offersDue());
        Receive<Alarm>(_ => Answer(_batch.GiveUp()));
        // A second answer to a message that went out twice.
        Receive<IChannelMessage>(_ => { });
    }

    private void Resend(IProviderChannelMessage message)
    {
        _metrics.Resent("batch", 1);
        _regions.Tell(message, Self);
    }

    private void Resend(IConsumerChannelMessage message)
    {
        _metrics.Resent("batch", 1);
        _regions.Tell(message, Self);
    }

    private void Answer(ExchangeAnswer answer)
    {
        _requester.Tell(answer);
        Context.Stop(Self);
    }
}
