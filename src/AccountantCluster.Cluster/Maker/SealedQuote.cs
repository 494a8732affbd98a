using AccountantCluster.Chain;

namespace AccountantCluster.Cluster;

/// <summary>A quote as it goes to a client and comes back.</summary>
/// <param name="Quote">The quote.</param>
/// <param name="Code">By which its transaction maker knows it again.</param>
public sealed record SealedQuote(JobQuote Quote, ReadOnlyMemory<byte> Code);
