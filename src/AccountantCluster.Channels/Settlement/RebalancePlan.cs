using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>
/// Which provider channels to refill up to their loans in one transaction (protocol §6, <c>rebalanceChannels</c>). Pure, like
/// <see cref="CollectionPlan"/>.
/// </summary>
public static class RebalancePlan
{
    /// <summary>
    /// The channels that miss most, as far as the accountant's free tokens go; the last one may be refilled in part.
    /// </summary>
    /// <param name="channels">Any number of provider channels at a confirmed block.</param>
    /// <param name="free">The accountant's tokens that stand in no balance (protocol §6: T − L), in token base units.</param>
    /// <param name="minimum">
    /// Leave out channels that miss less, in token base units: a row costs gas. Full ones are always left out.
    /// </param>
    /// <param name="limit">Most rows: a transaction must fit into a block.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative limit.</exception>
    public static ImmutableArray<RebalanceRow> Choose(IEnumerable<ProviderBalance> channels, Amount free, Amount minimum, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var missing = channels
            .Select(channel => (channel.Provider, Missing: channel.Loan.SaturatingSubtract(channel.Balance)))
            .Where(channel => !channel.Missing.IsZero && channel.Missing >= minimum)
            .OrderByDescending(channel => channel.Missing)
            .ThenBy(channel => channel.Provider)
            .Take(limit);

        var rows = ImmutableArray.CreateBuilder<RebalanceRow>();
        foreach (var channel in missing)
        {
            if (free.IsZero) break;
            var refill = Amount.Min(channel.Missing, free);
            free -= refill;
            rows.Add(new RebalanceRow(channel.Provider, refill));
        }
        return rows.ToImmutable();
    }
}
