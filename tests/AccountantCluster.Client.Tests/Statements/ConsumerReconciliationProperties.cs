using System.Numerics;
using AccountantCluster.Client.Statements;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Client.Tests.Statements;

/// <summary>A consumer's statement that adds up is left alone, and one line that is not what it was is always named.</summary>
public sealed class ConsumerReconciliationProperties
{
    private static readonly Gen<(ConsumerStatement, int, ulong)> Cases =
        Gen.Select(StatementSamples.Consumers, Gen.Int[0, 1_000], Gen.ULong[1, 1_000]);

    [Fact]
    public void What_adds_up_is_left_alone() =>
        StatementSamples.Consumers.Sample(
            statement => Assert.Empty(ConsumerReconciliation.Check(statement)), iter: TestEffort.Of(2_000));

    [Fact]
    public void A_dropped_line_is_named_to_the_unit() => Sample((statement, at, _) =>
        AssertGap(statement with { Lines = statement.Lines.RemoveAt(at) }, Moved(statement.Lines[at])));

    [Fact]
    public void A_doubled_line_is_named_to_the_unit_and_in_its_place() => Sample((statement, at, _) =>
    {
        var doubled = statement with { Lines = statement.Lines.Insert(at, statement.Lines[at]) };
        AssertGap(doubled, Moved(statement.Lines[at]));
        AssertNamed(doubled, StatementRule.LineStandsOnce, statement.Lines[at].At);
    });

    [Fact]
    public void An_altered_line_is_named_to_the_unit() => Sample((statement, at, by) =>
    {
        var more = new Amount(by);
        ConsumerLine altered = statement.Lines[at] switch
        {
            ConsumerLine.Deposited line => line with { Amount = line.Amount + more },
            ConsumerLine.Registered line => line with { Loan = line.Loan + more },
            ConsumerLine.Collected line => line with { Paid = line.Paid + more },
            ConsumerLine.ExitPaid line => line with { Paid = line.Paid + more },
            var line => throw new InvalidOperationException($"{line} is no line."),
        };
        AssertGap(statement with { Lines = statement.Lines.SetItem(at, altered) }, more);
        if (statement.Lines[at] is not ConsumerLine.Collected collected) return;
        AssertNamed(
            statement with { Lines = statement.Lines.SetItem(at, collected with { Settled = collected.Settled + more }) },
            StatementRule.RunningTotal,
            collected.At);
        AssertNamed(
            statement with { Lines = statement.Lines.SetItem(at, collected with { Requested = collected.Settled - new Amount(1) }) },
            StatementRule.WithinRequest,
            collected.At);
    });

    [Fact]
    public void More_than_there_was_cannot_have_left() => Sample((statement, at, _) =>
    {
        if (statement.Lines[at] is not ConsumerLine.ExitPaid exit) return;
        AssertNamed(
            statement with { Lines = statement.Lines.SetItem(at, exit with { Paid = Amount.MaxValue }) },
            StatementRule.NeverBelowZero,
            exit.At);
    });

    [Fact]
    public void A_token_a_contract_or_an_accountant_that_says_something_else_is_named_to_the_unit() => Sample((statement, _, by) =>
    {
        var (closing, more) = (statement.Closing, new Amount(by));
        AssertGap(statement with { Closing = closing with { Balance = closing.Balance + more } }, more);
        AssertGap(statement with { Closing = closing with { Settled = closing.Settled + more } }, more, StatementRule.SettledOnChain);
        var word = statement.Word! with { Promised = Amount.MaxValue };
        AssertGap(statement with { Word = word with { Promised = Amount.Zero, Credited = more } }, more, StatementRule.CreditedWasPromised);
        if (!statement.Span.KnowsTotalsAt(word.Block)) return;
        AssertGap(statement with { Word = word with { Settled = word.Settled + more } }, more, StatementRule.AccountantSettled);
        AssertGap(statement with { Word = word with { Deposited = word.Deposited + more } }, more, StatementRule.AccountantDeposited);
    });

    private static Amount Moved(ConsumerLine line) => Amount.Max(line.In, line.Out);

    private static void Sample(Action<ConsumerStatement, int, ulong> check) => Cases.Sample(
        one => check(one.Item1, one.Item2 % one.Item1.Lines.Length, one.Item3), iter: TestEffort.Of(2_000));

    private static void AssertNamed(ConsumerStatement statement, StatementRule rule, LinePlace at) =>
        Assert.Contains(ConsumerReconciliation.Check(statement), difference => difference.Rule == rule && difference.At == at);

    private static void AssertGap(ConsumerStatement statement, Amount gap, StatementRule rule = StatementRule.BalanceOnChain) =>
        Assert.Contains(ConsumerReconciliation.Check(statement), difference =>
            difference.Rule == rule && BigInteger.Abs(difference.Found - difference.Expected) == gap.Units);
}
