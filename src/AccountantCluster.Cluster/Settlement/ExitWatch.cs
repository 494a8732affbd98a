using System.Collections.Immutable;
using AccountantCluster.Channels.Settlement;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Watches over consumers that want to leave: what is not collected before the notice of an exit is over is lost (protocol §6). Each is
/// collected at once and again until then, and whoever runs the node is told of those that are not, more loudly as the time nears. Not safe
/// for concurrent use.
/// </summary>
internal sealed class ExitWatch(SettlementOptions options, SettlementMetrics metrics, TimeProvider time, ILogger<ExitWatch> logger)
{
    // Exits that a round has taken care of, with the request's time: a new request is another one.
    private readonly HashSet<(Address Channel, ulong FinalizableAt)> _handled = [];
    private Dictionary<Address, OpenExit> _atRisk = [];
    private DateTimeOffset _againAt;

    /// <summary>Whether somebody wants to leave of whom no round has heard yet, or from whom it is late to collect.</summary>
    public bool IsUrgent(ImmutableArray<OpenExit> exits)
    {
        Show(exits);
        return exits.Any(exit => !_handled.Contains((exit.Channel, exit.FinalizableAt)))
            || (time.GetUtcNow() >= _againAt && _atRisk.Values.Any(IsLate));
    }

    /// <summary>What channels and chain say of those that want to leave.</summary>
    public void Judge(
        ImmutableArray<OpenExit> exits, IReadOnlyList<CollectableChannel> found, IReadOnlyList<Collectable> answers)
    {
        var collectable = found.Where(channel => !channel.Value.IsZero).Select(channel => channel.Channel).ToHashSet();
        var answered = answers.Select(answer => answer.Channel).ToHashSet();
        _atRisk = exits
            .Where(exit => collectable.Contains(exit.Channel) || !answered.Contains(exit.Channel))
            .ToDictionary(exit => exit.Channel);
        _againAt = time.GetUtcNow() + ClusterLimits.ExitInterval;
        _handled.IntersectWith(exits.Select(Key));
        _handled.UnionWith(exits.Where(exit => answered.Contains(exit.Channel)).Select(Key));
        foreach (var exit in _atRisk.Values.Where(IsLate))
            logger.LogError(
                "Channel {Channel}: its consumer can take its tokens in {Hours:F1} hours, and what it promised is not collected.",
                exit.Channel,
                Left(exit).TotalHours);
        Show(exits);
    }

    /// <summary>What these have promised, as far as R is known, is with the accountant.</summary>
    public void Collected(IEnumerable<Address> channels)
    {
        foreach (var channel in channels) _atRisk.Remove(channel);
    }

    private static (Address, ulong) Key(OpenExit exit) => (exit.Channel, exit.FinalizableAt);

    private bool IsLate(OpenExit exit) => Left(exit) < options.ExitAlarm;

    private TimeSpan Left(OpenExit exit) => DateTimeOffset.FromUnixTimeSeconds((long)exit.FinalizableAt) - time.GetUtcNow();

    private void Show(ImmutableArray<OpenExit> exits) => metrics.ExitsSighted(
        exits.Length, _atRisk.Count, _atRisk.Count == 0 ? null : _atRisk.Values.Min(Left).TotalSeconds);
}
