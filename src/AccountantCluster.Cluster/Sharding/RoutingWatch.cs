using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AccountantCluster.Cluster;

/// <summary>
/// Lets the node forget which shards lived on nodes that go or cannot be reached, and says now and then which share of its promises found
/// their channels on this node.
/// </summary>
internal sealed class RoutingWatch : ReceiveActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public RoutingWatch(ShardHomes homes, ClusterMetrics metrics)
    {
        var before = default(OffersAnswered);
        Receive<ClusterEvent.UnreachableMember>(unreachable => homes.Forget(unreachable.Member.Address));
        Receive<ClusterEvent.IMemberEvent>(change =>
        {
            if (change.Member.Status is not (MemberStatus.Up or MemberStatus.Joining or MemberStatus.WeaklyUp))
                homes.Forget(change.Member.Address);
        });
        Receive<ReportDue>(_ =>
        {
            var (all, news) = (metrics.OffersAnswered, metrics.OffersAnswered - before);
            before = all;
            if (news.Sum > 0)
                _log.Info(
                    "Offers of the last minute: {0} % of {1} answered on this node, {2} on others in envelopes, {3} on others alone.",
                    100 * news.Local / news.Sum, news.Sum, news.Enveloped, news.Alone);
        });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        AkkaCluster.Get(Context.System).Subscribe(Self, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.UnreachableMember));
        Timers.StartPeriodicTimer(nameof(ReportDue), new ReportDue(), ClusterLimits.RoutingReport);
    }

    /// <inheritdoc/>
    protected override void PostStop() => AkkaCluster.Get(Context.System).Unsubscribe(Self);

    private readonly record struct ReportDue;
}
