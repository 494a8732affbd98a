namespace AccountantCluster.Cluster;

/// <summary>A consumer channel that the registry told of.</summary>
/// <param name="Channel">Its address.</param>
/// <param name="Identity">Who registered.</param>
internal readonly record struct FoundConsumer(Address Channel, Address Identity);
