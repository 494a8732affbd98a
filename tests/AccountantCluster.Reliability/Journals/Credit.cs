using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Journals;

/// <summary>A piece of a consumer's total with a provider, as the provider channel counted it. Amounts in token base units.</summary>
/// <param name="Consumer">Identity of the consumer.</param>
/// <param name="Hashlock">Under which hashlock.</param>
/// <param name="From">The total before.</param>
/// <param name="To">The total after.</param>
/// <param name="IsRevealed">R was known.</param>
internal sealed record Credit(Address Consumer, Hashlock Hashlock, Amount From, Amount To, bool IsRevealed);
