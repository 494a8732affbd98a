using System.Collections.Immutable;
using AccountantCluster.Channels.Settlement;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Watches over consumers that want to leave: what is not collected before the notice of an exit is over is lost (protocol §6). Each is
/// collected at once and again until then, and whoever runs the node is told of those that are not, more loudly as the time nears. Safe for
/// concurrent use: it watches while a round is at work.
/// </summary>
internal sealed class ExitWatch(SettlementOptions options, SettlementMetrics metrics, TimeProvider time, ILogger<ExitWatch> logger)
{
    private readonly Lock _lock = new();

    // Exits that a round has taken care of, with the request's time: a new request is another one.
    private readonly HashSet<(Address Channel, ulong FinalizableAt)> _handled = [];
    private HashSet<Address> _atRisk = [];
    private DateTimeOffset _againAt;

    /// <summary>
    /// Whether somebody wants to leave of whom no round has heard yet, or from whom it is late to collect. To be asked at every sight of the
    /// chain, also while no round can begin: it is what people hear of.
    /// </summary>
    public bool IsUrgent(ImmutableArray<OpenExit> exits)
    {
        lock (_lock)
        {
            var open = exits.Where(exit => IsNew(exit) || _atRisk.Contains(exit.Channel)).ToArray();
            metrics.ExitsSighted(exits.Length, open.Length, open.Length == 0 ? null : open.Min(Left).TotalSeconds);
            return Warn(open) || exits.Any(IsNew);
        }
    }

    /// <summary>What channels and chain say of those that want to leave.</summary>
    public void Judge(
        ImmutableArray<OpenExit> exits, IReadOnlyList<CollectableChannel> found, IReadOnlyList<Collectable> answers)
    {
        var answered = answers.Select(answer => answer.Channel).ToHashSet();
        lock (_lock)
        {
            _atRisk = [.. found.Where(channel => channel.IsExiting && !channel.Value.IsZero).Select(channel => channel.Channel)];
            _handled.IntersectWith(exits.Select(Key));
            _handled.UnionWith(exits.Where(exit => answered.Contains(exit.Channel)).Select(Key));
        }
    }

    /// <summary>What these have promised, as far as R is known, is with the accountant.</summary>
    public void Collected(IEnumerable<Address> channels)
    {
        lock (_lock) _atRisk.ExceptWith(channels);
    }

    private static (Address, ulong) Key(OpenExit exit) => (exit.Channel, exit.FinalizableAt);

    private bool IsNew(OpenExit exit) => !_handled.Contains(Key(exit));

    private TimeSpan Left(OpenExit exit) => DateTimeOffset.FromUnixTimeSeconds((long)exit.FinalizableAt) - time.GetUtcNow();

    // Now and then, not with every block.
    private bool Warn(OpenExit[] open)
    {
        if (time.GetUtcNow() < _againAt) return false;
        var late = open.Where(exit => Left(exit) < options.ExitAlarm).ToArray();
        if (late.Length == 0) return false;
        _againAt = time.GetUtcNow() + ClusterLimits.ExitInterval;
        foreach (var exit in late)
            logger.LogError(
                "Channel {Channel}: its consumer can take its tokens in {Hours:F1} hours, and what it promised is not collected.",
                exit.Channel,
                Left(exit).TotalHours);
        return true;
    }
}
