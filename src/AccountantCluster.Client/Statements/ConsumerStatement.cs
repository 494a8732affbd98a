using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Statements;

/// <summary>
/// What became of a consumer's money with one accountant: what the accountant says of it, and what the chain says, read without the
/// accountant. <see cref="ConsumerReconciliation"/> says whether it adds up.
/// </summary>
/// <param name="Consumer">Whose money.</param>
/// <param name="Span">Which blocks.</param>
/// <param name="Opening">The channel before the first of them.</param>
/// <param name="Closing">The channel at the last of them.</param>
/// <param name="Lines">What moved its tokens, in the order of the chain.</param>
/// <param name="Word">What the accountant says; null where it was not asked, or knows no registered channel.</param>
public sealed record ConsumerStatement(
    Address Consumer,
    StatementSpan Span,
    ConsumerChannelOnChain Opening,
    ConsumerChannelOnChain Closing,
    ImmutableArray<ConsumerLine> Lines,
    ConsumerChannelOverview? Word)
{
    /// <summary>All lines, summed by kind.</summary>
    public ConsumerSums Sums => ConsumerSums.Of(Lines);
}
