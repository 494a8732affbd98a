using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>
/// Tells whoever settles, on whichever node that is, what the channels of this node have reported: many at once, every few seconds.
/// </summary>
internal sealed class ReportingActor : ReceiveActor, IWithTimers
{
    private readonly ChannelReports _reports;
    private readonly IActorRef _settlement;

    public ReportingActor(ChannelReports reports, IActorRef settlement)
    {
        (_reports, _settlement) = (reports, settlement);
        Receive<ReportDue>(_ => Report());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() =>
        Timers.StartPeriodicTimer(ReportDue.Instance, ReportDue.Instance, ClusterLimits.ReportInterval);

    private void Report()
    {
        var report = new SettleableReported(
            [.. _reports.Consumers.Take(ClusterLimits.ChannelsPerReport)], [.. _reports.Providers.Take(ClusterLimits.ChannelsPerReport)])
        {
            Openings = [.. _reports.Openings.Take()],
        };
        if (!report.Consumers.IsEmpty || !report.Providers.IsEmpty || !report.Openings.IsEmpty) _settlement.Tell(report);
    }

    private sealed class ReportDue
    {
        public static readonly ReportDue Instance = new();
    }
}
