using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What a transaction maker asks for a job of some shape, for a while.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Fee">In token base units, on top of what the channel has paid so far.</param>
/// <param name="ValidUntil">Unix time in seconds, inclusive.</param>
public sealed record JobQuote(JobShape Shape, Amount Fee, ulong ValidUntil);
