using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Statements;

/// <summary>
/// What became of a provider's money with one accountant: what the accountant says of it, and what the chain says, read without the
/// accountant. It is worth something because two sources agree; <see cref="ProviderReconciliation"/> says whether they do.
/// </summary>
/// <param name="Provider">Whose money.</param>
/// <param name="Span">Which blocks.</param>
/// <param name="Opening">The channel before the first of them.</param>
/// <param name="Closing">The channel at the last of them.</param>
/// <param name="Payments">What was paid, in the order of the chain.</param>
/// <param name="Received">
/// All tokens that the accountant's contract sent to the payments' beneficiaries in the payments' transactions. Others may be among them:
/// loans that were returned, payments of other providers with the same beneficiary.
/// </param>
/// <param name="Word">What the accountant says; null where it was not asked.</param>
public sealed record ProviderStatement(
    Address Provider,
    StatementSpan Span,
    ProviderChannelOnChain Opening,
    ProviderChannelOnChain Closing,
    ImmutableArray<ProviderPayment> Payments,
    ImmutableArray<TokensReceived> Received,
    ProviderChannelOverview? Word)
{
    /// <summary>
    /// What the accountant promised and the chain did not pay yet, in token base units; null where the accountant was not asked, and where
    /// the statement is cut before all that was paid.
    /// </summary>
    public Amount? Owed => Span.IsCut ? null : Word?.Promised.SaturatingSubtract(Closing.Settled);

    /// <summary>
    /// What was credited, less fees, and is not promised yet, in token base units; null where the accountant was not asked.
    /// </summary>
    public Amount? NotPromised => Word?.Gross.SaturatingSubtract(Word.Fees).SaturatingSubtract(Word.Promised);

    /// <summary>Total settled at the end of a block that the span knows the totals of, by the lines.</summary>
    public Amount SettledAt(ulong block) => Payments.LastOrDefault(payment => payment.At.Block <= block)?.Settled ?? Opening.Settled;
}
