using System.Globalization;
using System.Numerics;

namespace AccountantCluster.Client.Statements;

/// <summary>Something in a statement does not add up.</summary>
/// <param name="Rule">What should hold.</param>
/// <param name="Expected">What should be there, in token base units; at most that, where the rule is a bound.</param>
/// <param name="Found">What is there, in token base units.</param>
/// <param name="At">The line; null where it is about a sum.</param>
public sealed record StatementDifference(StatementRule Rule, BigInteger Expected, BigInteger Found, LinePlace? At = null)
{
    /// <summary>One sentence for a person, with the difference to the unit.</summary>
    public override string ToString()
    {
        var place = At is { } at ? $" At block {at.Block}, transaction {at.Transaction}." : "";
        var (gap, sign) = (BigInteger.Abs(Found - Expected), Found > Expected ? "too much" : "missing");
        return string.Create(
            CultureInfo.InvariantCulture, $"{Subject}: {Expected} expected, {Found} found, {gap} {sign}.{place}");
    }

    private string Subject => Rule switch
    {
        StatementRule.LineStandsOnce => "A line that stands twice, in the wrong order or outside of the blocks",
        StatementRule.RunningTotal => "Total after a payment",
        StatementRule.WithinRequest => "Total after a payment, which is at most what was requested",
        StatementRule.FeeWithinPayment => "Fee of a payment, which is at most the payment",
        StatementRule.TokensReceived => "Tokens that the beneficiary received for a payment",
        StatementRule.NeverBelowZero => "What left the channel, which is at most what was there",
        StatementRule.SettledOnChain => "Sum of all payments, against what the contract says is settled",
        StatementRule.FeesOnChain => "Sum of all fees, against what the contract says was paid in fees",
        StatementRule.BalanceOnChain => "Sum of what came and left, against the channel's balance",
        StatementRule.AccountantSettled => "What the accountant says is settled, against the chain at its block",
        StatementRule.AccountantDeposited => "What the accountant says was deposited, against the chain at its block",
        StatementRule.SettledWasPromised => "What the accountant says is settled, which is at most what it says is promised",
        StatementRule.CreditedWasPromised => "What the accountant says is credited, which is at most what it says is promised",
        var other => other.ToString(),
    };
}
