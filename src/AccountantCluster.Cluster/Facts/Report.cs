using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>What a channel says of itself.</summary>
/// <param name="Channel">Address of a consumer channel, or identity of a provider.</param>
/// <param name="Unsettled">What could be settled for it on chain, in token base units.</param>
internal readonly record struct Report(Address Channel, Amount Unsettled);
