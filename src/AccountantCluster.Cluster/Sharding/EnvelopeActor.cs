using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>
/// Opens one envelope and brings its answers back together: all at once where the channels are quick, and what there is now and then where
/// one of them is not. Lives until all have answered, or until whoever asked has given up.
/// </summary>
internal sealed class EnvelopeActor : ReceiveActor, IWithTimers
{
    private readonly ChannelEnvelope _envelope;
    private readonly IActorRef _requester;
    private readonly ChannelRegions _regions;
    private readonly List<IChannelMessage> _answers = [];
    private int _awaited;

    public EnvelopeActor(ChannelEnvelope envelope, IActorRef requester, ChannelRegions regions)
    {
        (_envelope, _requester, _regions, _awaited) = (envelope, requester, regions, envelope.Messages.Length);
        Receive<IChannelMessage>(Answer);
        Receive<Alarm>(alarm =>
        {
            Flush();
            if (alarm == Alarm.End) Context.Stop(Self);
        });
    }

    private enum Alarm
    {
        Flush,
        End,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(Alarm.Flush, Alarm.Flush, ClusterLimits.EnvelopeFlush);
        Timers.StartSingleTimer(Alarm.End, Alarm.End, ClusterLimits.EnvelopePatience);
        _regions.Tell(_envelope, Self);
    }

    private void Answer(IChannelMessage answer)
    {
        // From a channel that lives elsewhere: whoever asked shall see where.
        if (Sender.Path.Address.HasGlobalScope) _requester.Forward(answer);
        else _answers.Add(answer);
        if (--_awaited > 0) return;
        Flush();
        Context.Stop(Self);
    }

    private void Flush()
    {
        if (_answers.Count == 0) return;
        _requester.Tell(new ChannelEnvelope([.. _answers]), Self);
        _answers.Clear();
    }
}
