using System.Collections.Concurrent;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// Consumer channels on this node that are worth collecting: the settlement takes them from here. A hint, kept in memory only: channels
/// report again when they change or wake, and what is true is what <see cref="IChannelFacts.GetCollectableAsync"/> says. Safe for
/// concurrent use.
/// </summary>
/// <param name="minimum">Least unsettled amount that makes a channel worth collecting, in token base units.</param>
public sealed class CollectableChannels(Amount minimum)
{
    private readonly ConcurrentDictionary<Address, Amount> _unsettled = new();

    /// <summary>Takes out up to <paramref name="limit"/> channels, the largest unsettled amounts first.</summary>
    public IReadOnlyList<Address> Take(int limit)
    {
        var taken = new List<Address>();
        foreach (var (channel, _) in _unsettled.OrderByDescending(pair => pair.Value).Take(limit))
            if (_unsettled.TryRemove(channel, out _))
                taken.Add(channel);
        return taken;
    }

    /// <summary>A channel says where it stands.</summary>
    internal void Report(Collectable collectable)
    {
        var unsettled = collectable.Unsettled;
        if (unsettled.IsZero || unsettled < minimum)
            _unsettled.TryRemove(collectable.Channel, out _);
        // Counting them stops all others for a moment, so that comes last.
        else if (_unsettled.ContainsKey(collectable.Channel) || _unsettled.Count < ClusterLimits.CollectableChannels)
            _unsettled[collectable.Channel] = unsettled;
    }
}
