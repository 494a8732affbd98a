using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Journals;

/// <summary>One event of a receiving channel, as it is stored. Amounts in token base units.</summary>
/// <param name="Number">Sequence number, from 1.</param>
internal abstract record ProviderEntry(long Number)
{
    /// <summary>Credits were counted, in one event.</summary>
    /// <param name="Number">Sequence number.</param>
    /// <param name="Credits">One by one.</param>
    internal sealed record Credited(long Number, params IReadOnlyList<Credit> Credits) : ProviderEntry(Number);

    /// <summary>Rs became known.</summary>
    /// <param name="Number">Sequence number.</param>
    /// <param name="Hashlocks">What they open.</param>
    internal sealed record Revealed(long Number, params IReadOnlyList<Hashlock> Hashlocks) : ProviderEntry(Number);

    /// <summary>A total may be signed.</summary>
    /// <param name="Number">Sequence number.</param>
    /// <param name="Hashlock">Under which hashlock.</param>
    /// <param name="Gross">Before the fee.</param>
    /// <param name="Promised">After it.</param>
    internal sealed record Authorised(long Number, Hashlock Hashlock, Amount Gross, Amount Promised) : ProviderEntry(Number);

    /// <summary>The chain was looked at, or the fee was.</summary>
    /// <param name="Number">Sequence number.</param>
    internal sealed record Noted(long Number) : ProviderEntry(Number);

    /// <summary>Something that has no business in these runs.</summary>
    /// <param name="Number">Sequence number.</param>
    /// <param name="Manifest">Names what it is.</param>
    internal sealed record Unexpected(long Number, string Manifest) : ProviderEntry(Number);
}
