using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Exchange;

/// <summary>An accountant's latest promise to a provider, as it came: whose signature it is was not looked at.</summary>
/// <param name="Promise">The promise; null before the first.</param>
/// <param name="Position">The chain position that came with it, by the accountant's word; null before the first.</param>
public sealed record LatestPromise(AccountantPromise? Promise, ChainPosition? Position);
