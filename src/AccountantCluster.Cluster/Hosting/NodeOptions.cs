namespace AccountantCluster.Cluster;

/// <summary>How a node meets others. The default is a cluster of one node, reachable from this machine alone.</summary>
public sealed record NodeOptions
{
    /// <summary>Name or address that it listens on.</summary>
    public string Hostname { get; init; } = "127.0.0.1";

    /// <summary>Port that it listens on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Name or address under which other nodes reach this one, and which is its name among them; null: <see cref="Hostname"/>.
    /// </summary>
    public string? PublicHost { get; init; }

    /// <summary>Port on which other nodes reach it, where something forwards to <see cref="Port"/>; null: the one it listens on.</summary>
    public int? PublicPort { get; init; }

    /// <summary>TLS with the other nodes; null: plain text, for nodes on a network that nobody else is on.</summary>
    public RemoteTls? Tls { get; init; }

    /// <summary>What this node does, of <see cref="NodeRoles"/>; all of it by default.</summary>
    public IReadOnlyList<string> Roles { get; init; } = NodeRoles.All;
}
