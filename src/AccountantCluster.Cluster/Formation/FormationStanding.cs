namespace AccountantCluster.Cluster;

/// <summary>What a node that starts hears of the cluster.</summary>
/// <param name="Cluster">The cluster that it belongs to from now on.</param>
/// <param name="Contacts">Addresses of members to join; none: the node is the first and joins itself.</param>
internal sealed record FormationStanding(Guid Cluster, IReadOnlyList<string> Contacts);
