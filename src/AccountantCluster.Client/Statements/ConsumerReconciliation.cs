using System.Collections.Immutable;
using System.Numerics;

namespace AccountantCluster.Client.Statements;

/// <summary>
/// Whether a consumer's statement adds up: what came, less registration, collections and exits, is the channel's balance; Σ collected is
/// what the contract says is settled; and the accountant says what the chain says. Pure.
/// </summary>
public static class ConsumerReconciliation
{
    /// <summary>All that does not add up; nothing where it does.</summary>
    public static ImmutableArray<StatementDifference> Check(ConsumerStatement statement)
    {
        var check = new StatementCheck(statement.Span);
        var (opening, closing) = (Totals.Of(statement.Opening), Totals.Of(statement.Closing));
        var totals = opening;
        foreach (var line in statement.Lines)
        {
            check.Place(line.At, BigInteger.Max(line.In.Units, Out(line)));
            check.AtMost(StatementRule.NeverBelowZero, totals.Balance, Out(line), line.At);
            if (line is ConsumerLine.Collected collection)
            {
                check.Equal(StatementRule.RunningTotal, totals.Settled + Out(line), collection.Settled.Units, line.At);
                check.AtMost(StatementRule.WithinRequest, collection.Requested.Units, collection.Settled.Units, line.At);
            }
            totals = totals.After(line);
        }
        check.Equal(StatementRule.BalanceOnChain, closing.Balance, totals.Balance);
        var collected = StatementCheck.Sum(statement.Lines.OfType<ConsumerLine.Collected>().Select(line => line.Paid));
        check.Equal(StatementRule.SettledOnChain, closing.Settled, opening.Settled + collected);
        CheckWord(statement, opening, check);
        return check.Differences;
    }

    private static void CheckWord(ConsumerStatement statement, Totals opening, StatementCheck check)
    {
        if (statement.Word is not { } word) return;
        if (statement.Span.KnowsTotalsAt(word.Block))
        {
            var then = statement.Lines.TakeWhile(line => line.At.Block <= word.Block).Aggregate(opening, (sum, line) => sum.After(line));
            check.Equal(StatementRule.AccountantSettled, then.Settled, word.Settled.Units);
            // What a consented exit may still take is off the deposit, down to nothing.
            var deposited = BigInteger.Max(then.Balance + then.Settled - word.Consented.Units, BigInteger.Zero);
            check.Equal(StatementRule.AccountantDeposited, deposited, word.Deposited.Units);
        }
        check.AtMost(StatementRule.SettledWasPromised, word.Promised.Units, word.Settled.Units);
        check.AtMost(StatementRule.CreditedWasPromised, word.Promised.Units, word.Credited.Units);
    }

    // Not through Amount: what is checked may be nonsense.
    private static BigInteger Out(ConsumerLine line) => line is ConsumerLine.Registered registration
        ? StatementCheck.Sum([registration.Fee, registration.Loan, registration.TransactionMakerFee])
        : line.Out.Units;

    private readonly record struct Totals(BigInteger Balance, BigInteger Settled)
    {
        public static Totals Of(Chain.ConsumerChannelOnChain channel) => new(channel.Balance.Units, channel.Settled.Units);

        public Totals After(ConsumerLine line) => new(
            Balance + line.In.Units - Out(line),
            line is ConsumerLine.Collected collection ? collection.Settled.Units : Settled);
    }
}
