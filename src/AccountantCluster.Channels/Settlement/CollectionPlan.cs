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
    /// The channels worth collecting from, highest value first: what does not fit waits for the next plan, at least cost.
    /// </summary>
    /// <param name="channels">Any number of channels with a settleable promise.</param>
    /// <param name="minimum">
    /// Leave out what pays less, in token base units: a row costs gas. A row that pays nothing is always left out.
    /// </param>
    /// <param name="limit">Most rows: a transaction must fit into a block.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative limit.</exception>
    public static ImmutableArray<CollectionRow> Choose(IEnumerable<CollectableChannel> channels, Amount minimum, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return
        [
            .. channels
                .Select(channel => new CollectionRow(channel.Channel, channel.Promise, Value(channel)))
                .Where(row => !row.Value.IsZero && row.Value >= minimum)
                .OrderByDescending(row => row.Value)
                .ThenBy(row => row.Channel)
                .Take(limit),
        ];
    }

    // The contract pays min(amount − settled, balance), and the balance is deposited − settled.
    private static Amount Value(CollectableChannel channel) =>
        Amount.Min(channel.Promise.Amount, channel.Deposited).SaturatingSubtract(channel.Settled);
}
