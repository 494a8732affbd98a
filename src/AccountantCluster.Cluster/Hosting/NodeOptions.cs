namespace AccountantCluster.Cluster;

/// <summary>How a node meets others. The default is a cluster of one node, reachable from this machine alone.</summary>
public sealed record NodeOptions
{
    /// <summary>Name or address under which other nodes reach this one.</summary>
    public string Hostname { get; init; } = "127.0.0.1";

    /// <summary>Port that it listens on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>TLS with the other nodes; null: plain text, for nodes on a network that nobody else is on.</summary>
    public RemoteTls? Tls { get; init; }

    /// <summary>Roles of this node, for what the host runs on some nodes only. Channels live on all nodes.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
