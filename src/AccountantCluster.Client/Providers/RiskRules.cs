using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>A provider's risk with one accountant (protocol §6), and whether it allows more. Pure.</summary>
internal static class RiskRules
{
    /// <summary>The risk by the books and by the chain.</summary>
    /// <param name="books">The provider's books.</param>
    /// <param name="channel">Its channel as it was last seen; null before the first look.</param>
    public static ProviderRisk Of(ProviderBooks books, ProviderChannelOnChain? channel)
    {
        var (unanswered, refused) = (Amount.Zero, Amount.Zero);
        foreach (var agreement in books.HandedIn.GroupBy(row => ProviderBooks.KeyOf(row.Key)))
        {
            // Totals are cumulative: of an agreement's promises the highest says it all, and is counted once.
            var accepted = books.AcceptedTotal(agreement.Key);
            var refusedTotal = Highest(agreement.Where(row => row.Value != RejectionReason.None), accepted);
            var unansweredTotal = Highest(agreement.Where(row => row.Value == RejectionReason.None), refusedTotal);
            refused += refusedTotal - accepted;
            unanswered += unansweredTotal - refusedTotal;
        }
        var promised = books.Highest?.Amount ?? Amount.Zero;
        return new ProviderRisk(
            promised,
            channel?.Settled ?? Amount.Zero,
            channel?.Loan ?? Amount.Zero,
            channel?.Balance ?? Amount.Zero,
            // The answer that counts is a promise: what was accepted without one is not answered yet.
            unanswered + books.Owed.SaturatingSubtract(promised),
            refused);
    }

    /// <summary>
    /// Whether an invoice keeps the risk within the limit, should everything that is invoiced be promised and never paid by the accountant.
    /// </summary>
    /// <param name="risk">The risk now.</param>
    /// <param name="invoiced">Asked for and not handed in yet.</param>
    /// <param name="amount">What is to be asked for on top.</param>
    /// <param name="limit">The provider's limit; null for none.</param>
    public static bool Allows(ProviderRisk risk, Amount invoiced, Amount amount, Amount? limit) =>
        limit is not { } most || (risk.Total.TryAdd(invoiced, out var open) && open.TryAdd(amount, out var after) && after <= most);

    /// <summary>Whether to settle, before the limit stops service: the last quarter is left for what comes until that has worked.</summary>
    public static bool IsNear(ProviderRisk risk, Amount? limit) =>
        limit is { } most && risk.Total.Units >= most.Units - (most.Units / 4);

    private static Amount Highest(
        IEnumerable<KeyValuePair<Payments.SignedPromise, RejectionReason>> rows, Amount least) =>
        rows.Select(row => row.Key.Agreement.Total).Aggregate(least, Amount.Max);
}
