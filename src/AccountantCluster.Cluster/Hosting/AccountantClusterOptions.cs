using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>What an operator chooses for a node of the cluster.</summary>
public sealed record AccountantClusterOptions
{
    /// <summary>What the accountant allows on its channels. All nodes must agree.</summary>
    public required ChannelPolicy Policy { get; init; }

    /// <summary>What it risks on consumers that are not registered yet; nothing by default. All nodes must agree.</summary>
    public OpeningPolicy Opening { get; init; } = OpeningPolicy.Off;

    /// <summary>Where channels are kept.</summary>
    public required StoreOptions Store { get; init; }

    /// <summary>How the node meets others; by default it is a cluster of its own.</summary>
    public NodeOptions Node { get; init; } = new();

    /// <summary>Least unsettled amount that makes a consumer channel worth collecting, in token base units.</summary>
    public Amount MinimumCollectable { get; init; }

    /// <summary>
    /// Least unsettled amount that makes a provider worth paying, in token base units; null where the accountant pays nobody by itself.
    /// </summary>
    public Amount? MinimumPayable { get; init; }

    /// <summary>
    /// More settings of Akka.NET, in HOCON, above those of the <c>hocon</c> folder: for what a machine or an environment needs (TLS, log
    /// levels). Not for secrets.
    /// </summary>
    public string Hocon { get; init; } = "";
}
