namespace AccountantCluster.Cluster;

/// <summary>What a node does for the cluster. A node may have one role or several, and somebody has to have each.</summary>
public static class NodeRoles
{
    /// <summary>Takes calls of providers and consumers; needs no key.</summary>
    public const string Edge = "edge";

    /// <summary>Channels live here; needs no key.</summary>
    public const string Channels = "channels";

    /// <summary>One of these nodes follows the chain and sends the accountant's transactions: needs a key that pays for them.</summary>
    public const string Settlement = "settlement";

    /// <summary>
    /// One of these nodes signs what the others ask for: needs the operator's key and the signer's memory, and nobody else has them.
    /// </summary>
    public const string Signer = "signer";

    /// <summary>
    /// One of these nodes sends other people's transactions and is paid in tokens: needs a key of its own that pays for gas, and no
    /// accountant. Whoever wants can run such nodes, in a cluster of their own.
    /// </summary>
    public const string Maker = "maker";

    /// <summary>Those of an accountant, in this order: what a node does unless it is told otherwise.</summary>
    public static IReadOnlyList<string> All { get; } = [Edge, Channels, Settlement, Signer];

    /// <summary>Whether a node with those roles has to do with an accountant.</summary>
    public static bool AreAccountants(IEnumerable<string> roles) => roles.Any(All.Contains);
}
