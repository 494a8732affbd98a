using System.Collections.Concurrent;
using AccountantCluster.Channels.Consumer;

namespace AccountantCluster.Cluster;

/// <summary>
/// Registrations that channels of this node hold, on their way to whoever grants openings. A hint, kept in memory only: one that is lost
/// comes again when the consumer asks again. Safe for concurrent use.
/// </summary>
internal sealed class ReportedOpenings
{
    private readonly ConcurrentDictionary<Address, Opening> _held = new();

    /// <summary>Takes all of them out.</summary>
    public IReadOnlyList<HeldOpening> Take()
    {
        var taken = new List<HeldOpening>();
        foreach (var channel in _held.Keys)
            if (_held.TryRemove(channel, out var opening))
                taken.Add(new HeldOpening(channel, opening));
        return taken;
    }

    /// <summary>A channel says what it holds.</summary>
    public void Add(HeldOpening held)
    {
        if (_held.ContainsKey(held.Channel) || _held.Count < ClusterLimits.ReportedOpenings) _held[held.Channel] = held.Opening;
    }
}
