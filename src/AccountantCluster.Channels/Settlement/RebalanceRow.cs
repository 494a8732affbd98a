using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>One provider channel to refill.</summary>
/// <param name="Provider">Identity of the provider.</param>
/// <param name="Refill">What its balance rises by while no other transaction comes first, in token base units.</param>
public readonly record struct RebalanceRow(Address Provider, Amount Refill);
