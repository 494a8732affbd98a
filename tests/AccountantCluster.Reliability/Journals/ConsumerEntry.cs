using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Histories;

namespace AccountantCluster.Reliability.Journals;

/// <summary>One event of a paying channel, as it is stored. Amounts in token base units.</summary>
/// <param name="Number">Sequence number, from 1.</param>
internal abstract record ConsumerEntry(long Number)
{
    /// <summary>A promise was accepted.</summary>
    /// <param name="Number">Sequence number.</param>
    /// <param name="Promise">The promise.</param>
    /// <param name="Delta">What it added to its agreement.</param>
    /// <param name="IsRevealed">Its R was known.</param>
    internal sealed record Accepted(long Number, OfferedPromise Promise, Amount Delta, bool IsRevealed) : ConsumerEntry(Number);

    /// <summary>An R became known.</summary>
    /// <param name="Number">Sequence number.</param>
    /// <param name="Hashlock">What it opens.</param>
    internal sealed record Revealed(long Number, Hashlock Hashlock) : ConsumerEntry(Number);

    /// <summary>The chain was looked at.</summary>
    /// <param name="Number">Sequence number.</param>
    /// <param name="Deposited">Deposited.</param>
    internal sealed record Observed(long Number, Amount Deposited) : ConsumerEntry(Number);

    /// <summary>Something that has no business in these runs.</summary>
    /// <param name="Number">Sequence number.</param>
    /// <param name="Manifest">Names what it is.</param>
    internal sealed record Unexpected(long Number, string Manifest) : ConsumerEntry(Number);
}
