using AccountantCluster.Channels.Consumer;

namespace AccountantCluster.Cluster;

/// <summary>A registration that a channel holds.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Opening">The registration.</param>
internal sealed record HeldOpening(Address Channel, Opening Opening);
