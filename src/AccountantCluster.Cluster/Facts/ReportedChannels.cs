using System.Collections.Concurrent;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// Channels that are worth a row of the next batch, by what they said of themselves. A hint, kept in memory only: channels report again
/// when they change or wake, and what is true is what <see cref="IChannelFacts"/> and the chain say. Safe for concurrent use.
/// </summary>
/// <param name="minimum">Least unsettled amount that makes a channel worth a row, in token base units.</param>
internal sealed class ReportedChannels(Amount minimum)
{
    private readonly ConcurrentDictionary<Address, Amount> _unsettled = new();

    /// <summary>Takes out up to <paramref name="limit"/> channels, the largest unsettled amounts first.</summary>
    public IReadOnlyList<Report> Take(int limit)
    {
        var taken = new List<Report>();
        foreach (var (channel, _) in _unsettled.OrderByDescending(pair => pair.Value).Take(limit))
            if (_unsettled.TryRemove(channel, out var unsettled))
                taken.Add(new Report(channel, unsettled));
        return taken;
    }

    /// <summary>A channel says where it stands.</summary>
    public void Add(Report report)
    {
        if (report.Unsettled.IsZero || report.Unsettled < minimum)
            _unsettled.TryRemove(report.Channel, out _);
        // Counting them stops all others for a moment, so that comes last.
        else if (_unsettled.ContainsKey(report.Channel) || _unsettled.Count < ClusterLimits.ReportedChannels)
            _unsettled[report.Channel] = report.Unsettled;
    }
}
