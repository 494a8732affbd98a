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
    /// <param name="policy">When a refill is worth its gas.</param>
    /// <param name="cost">What the gas of a row costs, in token base units; null where nobody knows.</param>
    public static ImmutableArray<RebalanceRow> Choose(
        IEnumerable<ProviderBalance> channels, Amount free, RowPolicy policy, Amount? cost)
    {
        var missing = channels
            .Select(channel => (channel.Provider, channel.Waited, Missing: channel.Loan.SaturatingSubtract(channel.Balance)))
            .Where(channel => policy.Allows(channel.Missing, channel.Waited, cost))
            .OrderByDescending(channel => channel.Missing)
            .ThenBy(channel => channel.Provider);

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
