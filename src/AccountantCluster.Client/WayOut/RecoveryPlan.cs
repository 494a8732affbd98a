using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>
/// Which of a provider's evidence is worth sending next. Pure. A consumer's promise helps a provider only as far as the accountant cannot
/// pay it otherwise, and only in the transaction that settles: collected before, it would be swallowed by what the contract reserves for
/// others (protocol §6).
/// </summary>
internal static class RecoveryPlan
{
    /// <summary>The next transaction; null where nothing is left that could be done.</summary>
    /// <param name="sight">What the chain says.</param>
    /// <param name="options">What the provider chooses.</param>
    /// <param name="limit">Rows in one transaction.</param>
    public static RecoveryStep? Next(RecoverySight sight, RecoveryOptions options, int limit)
    {
        var preview = sight.Preview;
        var missing = sight.AtRisk.SaturatingSubtract(sight.Withdrawable);
        var (rows, isEnough) = Choose(sight.Rows, missing, options.MinimumRow, limit);
        var collected = CappedSum.Of(rows.Select(row => row.Worth));
        var settles = !preview.Unsettled.IsZero && (!preview.Payable.IsZero || !collected.IsZero);
        // Last of all: what is returned no longer guarantees anything.
        var returns = options.ReturnLoan && isEnough && !sight.Channel.Loan.IsZero;
        return rows.Count == 0 && !settles && !returns ? null : new RecoveryStep(rows, settles ? sight.Total : null, returns);
    }

    /// <summary>Those that are needed, the largest first: the fewest, and with them the least gas.</summary>
    /// <param name="rows">All of them.</param>
    /// <param name="missing">What they have to bring.</param>
    /// <param name="least">A row that brings less is left out.</param>
    /// <param name="limit">At most so many.</param>
    /// <returns>The rows, and whether no other one would have to follow.</returns>
    public static (IReadOnlyList<RowOnChain> Rows, bool IsEnough) Choose(
        IEnumerable<RowOnChain> rows, Amount missing, Amount least, int limit)
    {
        var chosen = new List<RowOnChain>();
        // Whoever is leaving goes first, however little it is: nobody can collect it later.
        var worthy = rows.Where(row => !row.Worth.IsZero && row.Worth >= least)
            .OrderByDescending(row => row.IsLeaving).ThenByDescending(row => row.Worth).ThenBy(row => row.Promise.Promise.Consumer);
        foreach (var row in worthy)
        {
            if (missing.IsZero) break;
            if (chosen.Count == limit) return (chosen, false);
            chosen.Add(row);
            missing = missing.SaturatingSubtract(row.Worth);
        }
        return (chosen, true);
    }
}
