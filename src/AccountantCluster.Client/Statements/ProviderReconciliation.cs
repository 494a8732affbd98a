using System.Collections.Immutable;
using System.Numerics;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Statements;

/// <summary>
/// Whether a provider's statement adds up: Σ paid is what the contract says is settled, Σ fees what it says was paid in fees, the
/// beneficiaries received Σ paid − Σ fees, and the accountant says what the chain says. Pure.
/// </summary>
public static class ProviderReconciliation
{
    /// <summary>All that does not add up; nothing where it does.</summary>
    public static ImmutableArray<StatementDifference> Check(ProviderStatement statement)
    {
        var check = new StatementCheck(statement.Span);
        var (opening, closing) = (statement.Opening, statement.Closing);
        var received = new ReceivedTokens(statement.Received);
        var settled = opening.Settled;
        foreach (var payment in statement.Payments)
        {
            check.Place(payment.At, payment.Paid.Units);
            // From line to line, so that one wrong line is named once.
            check.Equal(StatementRule.RunningTotal, (BigInteger)settled.Units + payment.Paid.Units, payment.Settled.Units, payment.At);
            check.AtMost(StatementRule.WithinRequest, payment.Requested.Units, payment.Settled.Units, payment.At);
            check.AtMost(StatementRule.FeeWithinPayment, payment.Paid.Units, payment.Fee.Units, payment.At);
            check.Equal(StatementRule.TokensReceived, payment.Received.Units, received.Take(payment).Units, payment.At);
            settled = payment.Settled;
        }
        var paid = StatementCheck.Sum(statement.Payments.Select(payment => payment.Paid));
        var fees = StatementCheck.Sum(statement.Payments.Select(payment => payment.Fee));
        check.Equal(StatementRule.SettledOnChain, closing.Settled.Units, opening.Settled.Units + paid);
        check.Equal(StatementRule.FeesOnChain, closing.FeesPaid.Units, opening.FeesPaid.Units + fees);
        CheckWord(statement, check);
        return check.Differences;
    }

    /// <summary>Tokens that the beneficiaries received for the payments, by the token's own events; in token base units.</summary>
    public static Amount Received(ProviderStatement statement)
    {
        var received = new ReceivedTokens(statement.Received);
        return statement.Payments.Aggregate(Amount.Zero, (sum, payment) => sum + received.Take(payment));
    }

    private static void CheckWord(ProviderStatement statement, StatementCheck check)
    {
        if (statement.Word is not { } word) return;
        if (statement.Span.KnowsTotalsAt(word.Block))
            check.Equal(StatementRule.AccountantSettled, statement.SettledAt(word.Block).Units, word.Settled.Units);
        check.AtMost(StatementRule.SettledWasPromised, word.Promised.Units, word.Settled.Units);
    }

    /// <summary>Transfers, each of which is for one payment of its transaction.</summary>
    private sealed class ReceivedTokens(IEnumerable<TokensReceived> transfers)
    {
        private readonly Dictionary<(Bytes32 Transaction, Address Beneficiary, Amount Amount), int> _left = transfers
            .DistinctBy(transfer => (transfer.At.Block, transfer.At.Index))
            .GroupBy(transfer => (transfer.At.Transaction, transfer.Beneficiary, transfer.Amount))
            .ToDictionary(group => group.Key, group => group.Count());

        public Amount Take(ProviderPayment payment)
        {
            var key = (payment.At.Transaction, payment.Beneficiary, payment.Received);
            if (_left.GetValueOrDefault(key) is not (> 0 and var left)) return Amount.Zero;
            _left[key] = left - 1;
            return payment.Received;
        }
    }
}
