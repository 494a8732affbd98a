using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>
/// Which providers the operator pays in one transaction (protocol §6, the packed payment). Pure, like <see cref="CollectionPlan"/>. Nothing
/// is paid of which R is not known: the accountant could not collect it.
/// </summary>
public static class PaymentPlan
{
    /// <summary>The channels to which most is owed, as far as there is something to pay with; the last ones may be paid in part.</summary>
    /// <param name="channels">Any number of provider channels.</param>
    /// <param name="withdrawable">The accountant's tokens that nothing reserves (protocol §6), in token base units.</param>
    /// <param name="policy">When a payment is worth its gas.</param>
    /// <param name="cost">What the gas of a row costs, in token base units; null where nobody knows.</param>
    public static ImmutableArray<PaymentRow> Choose(
        IEnumerable<PayableChannel> channels, Amount withdrawable, RowPolicy policy, Amount? cost)
    {
        var owed = channels
            .Where(channel => policy.Allows(channel.Owed, channel.Waited, cost))
            .OrderByDescending(channel => channel.Owed)
            .ThenBy(channel => channel.Provider);
        var rows = ImmutableArray.CreateBuilder<PaymentRow>();
        foreach (var channel in owed)
        {
            // The contract takes what is withdrawable first, and the channel's own balance then.
            var free = Amount.Min(channel.Owed, withdrawable);
            var value = free + Amount.Min(channel.Owed - free, channel.Balance);
            // Part of it may not be worth what the whole is.
            if (!policy.Allows(value, channel.Waited, cost)) continue;
            withdrawable -= free;
            rows.Add(new PaymentRow(channel.Provider, channel.Settleable, value));
        }
        return rows.ToImmutable();
    }
}
