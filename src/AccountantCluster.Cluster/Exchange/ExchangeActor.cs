using Akka.Actor;
using Akka.Event;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>
/// The way of one batch (protocol §4): its reveals to the provider channel, its promises to their consumer channels, their credits back to
/// the provider channel, which signs; then the answer, and acknowledgements to the consumer channels. Lives until then or until the
/// deadline. What is not answered goes out again, and then the sure way: each message on its own, through the region.
/// </summary>
internal sealed class ExchangeActor : ReceiveActor, IWithTimers
{
    private readonly BatchProgress _batch;
    private readonly TimeSpan _deadline;
    private readonly IActorRef _requester;
    private readonly ChannelRegions _regions;
    private readonly ChannelRoutes _routes;
    private readonly ShardHomes _homes;
    private readonly ClusterMetrics _metrics;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    // Whose promises share an envelope, until they go out again.
    private HashSet<Address> _enveloped = [];

    public ExchangeActor(BeginExchange begin, IActorRef requester, ExchangeWays ways, ClusterMetrics metrics)
    {
        (_batch, _deadline, _requester, _metrics) = (new BatchProgress(begin.Request), begin.Deadline, requester, metrics);
        (_regions, _routes, _homes) = ways;
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
            _enveloped = _routes.Tell(_batch.ToOffer(), Self);
            Become(Offering);
        });
        ReceiveAlarms(resend: () => Resend(_batch.ToPrepare()), offersDue: () => { });
    }

    private void Offering()
    {
        Receive<PromisesOffered>(offered =>
        {
            Offered(offered);
            if (_batch.OffersAwaited == 0) CreditAndSign();
        });
        Receive<ChannelEnvelope>(envelope =>
        {
            foreach (var offered in envelope.Messages.OfType<PromisesOffered>()) Offered(offered);
            if (_batch.OffersAwaited == 0) CreditAndSign();
        });
        ReceiveAlarms(
            resend: () =>
            {
                foreach (var offers in _batch.ToOffer())
                {
                    _homes.Forget(offers.Channel);
                    _enveloped.Remove(offers.Channel);
                    Resend(offers);
                }
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
                _log.Error("{0} counts {1} of {2}, which credited {3}.", gap.Provider, gap.Counted, gap.Channel, gap.Sent);
            }
            Answer(_batch.Complete(signed));
            _routes.Tell(_batch.ToAcknowledge(signed), ActorRefs.NoSender);
        });
        ReceiveAlarms(resend: () => Resend(_batch.ToCredit()), offersDue: () => { });
    }

    private void Offered(PromisesOffered offered)
    {
        if (!_batch.Offered(offered)) return;
        _homes.Learn(offered.Channel, Sender);
        _metrics.OfferAnswered(isLocal: !Sender.Path.Address.HasGlobalScope, isEnveloped: _enveloped.Contains(offered.Channel));
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
