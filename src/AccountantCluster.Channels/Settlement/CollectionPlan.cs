using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>
/// Which consumers' promises to cash into the accountant's contract in one transaction (protocol §6, <c>collect</c>). Pure: the chain's
/// word and the channels' promises come in, rows go out.
/// </summary>
public static class CollectionPlan
{
    /// <summary>
    /// The channels worth collecting from: those whose consumers want to leave first, because what is left there at the end of the notice
    /// is lost, then the highest values.
    /// </summary>
    /// <param name="channels">Any number of channels with a settleable promise.</param>
    /// <param name="policy">When a row is worth its gas. An exit is always: a row that pays anything goes out.</param>
    /// <param name="cost">What the gas of a row costs, in token base units; null where nobody knows.</param>
    public static ImmutableArray<CollectionRow> Choose(IEnumerable<CollectableChannel> channels, RowPolicy policy, Amount? cost) =>
    [
        .. channels
            .Where(channel => channel.IsExiting ? !channel.Value.IsZero : policy.Allows(channel.Value, channel.Waited, cost))
            .OrderByDescending(channel => channel.IsExiting)
            .ThenByDescending(channel => channel.Value)
            .ThenBy(channel => channel.Channel)
            .Select(channel => new CollectionRow(channel.Channel, channel.Promise, channel.Value)),
    ];
}
