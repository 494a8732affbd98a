using System.Numerics;
using AccountantCluster.Client.Statements;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Client.Tests.Statements;

/// <summary>A provider's statement that adds up is left alone, and one line that is not what it was is always named.</summary>
public sealed class ProviderReconciliationProperties
{
    private static readonly Gen<(ProviderStatement, int, ulong)> Cases =
        Gen.Select(StatementSamples.Providers, Gen.Int[0, 1_000], Gen.ULong[1, 1_000]);

    [Fact]
    public void What_adds_up_is_left_alone_and_the_tokens_received_are_payments_less_fees() =>
        StatementSamples.Providers.Sample(
            statement =>
            {
                Assert.Empty(ProviderReconciliation.Check(statement));
                var received = statement.Payments.Aggregate(Amount.Zero, (sum, payment) => sum + payment.Paid - payment.Fee);
                Assert.Equal(received, ProviderReconciliation.Received(statement));
            },
            iter: TestEffort.Of(2_000));

    [Fact]
    public void A_dropped_payment_is_named_to_the_unit() => Sample((statement, at, _) =>
        AssertGap(statement with { Payments = statement.Payments.RemoveAt(at) }, statement.Payments[at].Paid));

    [Fact]
    public void A_doubled_payment_is_named_to_the_unit_and_in_its_place() => Sample((statement, at, _) =>
    {
        var doubled = statement with { Payments = statement.Payments.Insert(at, statement.Payments[at]) };
        AssertGap(doubled, statement.Payments[at].Paid);
        AssertNamed(doubled, StatementRule.LineStandsOnce, statement.Payments[at].At);
    });

    [Fact]
    public void Payments_in_another_order_are_named() => Sample((statement, at, _) =>
    {
        if (at == 0) return;
        var (one, other) = (statement.Payments[at - 1], statement.Payments[at]);
        AssertNamed(
            statement with { Payments = statement.Payments.SetItem(at - 1, other).SetItem(at, one) },
            StatementRule.LineStandsOnce,
            one.At);
    });

    [Fact]
    public void An_altered_payment_is_named_in_its_place() => Sample((statement, at, by) =>
    {
        var (payment, more) = (statement.Payments[at], new Amount(by));
        AssertNamed(With(payment with { Paid = payment.Paid + more }), StatementRule.RunningTotal, payment.At);
        AssertNamed(With(payment with { Settled = payment.Settled + more }), StatementRule.RunningTotal, payment.At);
        AssertNamed(With(payment with { Requested = payment.Settled - new Amount(1) }), StatementRule.WithinRequest, payment.At);
        var dearer = With(payment with { Fee = payment.Fee + more });
        AssertGap(dearer, more, StatementRule.FeesOnChain);
        // With nothing left to receive, only the sum of all fees can tell.
        if (payment.Fee + more == payment.Paid) return;
        Assert.Contains(ProviderReconciliation.Check(dearer), difference =>
            difference.At?.Transaction == payment.At.Transaction
            && difference.Rule is StatementRule.TokensReceived or StatementRule.FeeWithinPayment);

        ProviderStatement With(ProviderPayment altered) => statement with { Payments = statement.Payments.SetItem(at, altered) };
    });

    [Fact]
    public void Tokens_that_did_not_come_or_came_in_another_amount_are_named() => Sample((statement, at, by) =>
    {
        if (statement.Received.IsEmpty) return;
        var transfer = statement.Received[at % statement.Received.Length];
        var other = transfer with { Amount = transfer.Amount + new Amount(by) };
        foreach (var received in new[] { statement.Received.Remove(transfer), statement.Received.Replace(transfer, other) })
        {
            Assert.Contains(ProviderReconciliation.Check(statement with { Received = received }), difference =>
                difference.Rule == StatementRule.TokensReceived && difference.Found.IsZero
                && difference.Expected == transfer.Amount.Units);
        }
    });

    [Fact]
    public void A_contract_or_an_accountant_that_says_something_else_is_named_to_the_unit() => Sample((statement, _, by) =>
    {
        var (closing, more) = (statement.Closing, new Amount(by));
        AssertGap(statement with { Closing = closing with { Settled = closing.Settled + more } }, more, StatementRule.SettledOnChain);
        AssertGap(statement with { Closing = closing with { FeesPaid = closing.FeesPaid + more } }, more, StatementRule.FeesOnChain);
        var word = statement.Word! with { Settled = statement.Word.Settled + more, Promised = Amount.MaxValue };
        var lying = statement with { Word = word };
        if (statement.Span.KnowsTotalsAt(word.Block)) AssertGap(lying, more, StatementRule.AccountantSettled);
        else Assert.Empty(ProviderReconciliation.Check(lying));
        var forgetful = statement with { Word = statement.Word with { Promised = Amount.Zero } };
        if (!statement.Word.Settled.IsZero) AssertGap(forgetful, statement.Word.Settled, StatementRule.SettledWasPromised);
    });

    private static void Sample(Action<ProviderStatement, int, ulong> check) => Cases.Sample(
        one => check(one.Item1, one.Item2 % one.Item1.Payments.Length, one.Item3), iter: TestEffort.Of(2_000));

    private static void AssertNamed(ProviderStatement statement, StatementRule rule, LinePlace? at) =>
        Assert.Contains(ProviderReconciliation.Check(statement), difference => difference.Rule == rule && difference.At == at);

    private static void AssertGap(ProviderStatement statement, Amount gap, StatementRule rule = StatementRule.SettledOnChain) =>
        Assert.Contains(ProviderReconciliation.Check(statement), difference =>
            difference.Rule == rule && BigInteger.Abs(difference.Found - difference.Expected) == gap.Units);
}
