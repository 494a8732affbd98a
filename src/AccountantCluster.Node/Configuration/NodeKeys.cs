using AccountantCluster.Cluster;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Configuration;

/// <summary>The keys that a node's roles need, and no others: what a node does not hold, nobody can take from it.</summary>
internal sealed class NodeKeys : IDisposable
{
    private NodeKeys(PrivateKey? signing, PrivateKey? sending) => (Signing, Sending) = (signing, sending);

    /// <summary>The operator's key, on nodes that sign promises.</summary>
    public PrivateKey? Signing { get; }

    /// <summary>The key that sends transactions, on nodes that may settle; can be the same.</summary>
    public PrivateKey? Sending { get; }

    /// <summary>Opens what is needed; the caller disposes it.</summary>
    /// <exception cref="ConfigurationException">A key is missing or cannot be opened.</exception>
    public static NodeKeys Open(NodeConfiguration options, IReadOnlyList<string> roles)
    {
        var signing = roles.Contains(NodeRoles.Signer) ? OperatorKey.Open(Operator(options)) : null;
        try
        {
            return new NodeKeys(signing, roles.Contains(NodeRoles.Settlement) ? OpenSending(options, signing) : null);
        }
        catch
        {
            signing?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Signing?.Dispose();
        if (!ReferenceEquals(Sending, Signing)) Sending?.Dispose();
    }

    private static PrivateKey OpenSending(NodeConfiguration options, PrivateKey? signing) =>
        (options.Settlement.Keystore, options.Settlement.PasswordFile) switch
        {
            ({ Length: > 0 } keystore, { Length: > 0 } passwordFile) => OperatorKey.Open(keystore, passwordFile, "settlement's"),
            (null, null) => signing ?? throw new ConfigurationException(
                "settlement.keystore is missing: this node sends transactions, and the operator's key stays with those that sign "
                + "promises (cluster.roles)."),
            _ => throw new ConfigurationException(
                "settlement.keystore and settlement.passwordFile belong together: one of them is missing."),
        };

    private static NodeConfiguration.OperatorSection Operator(NodeConfiguration options) =>
        options.Operator ?? throw new ConfigurationException("operator is missing: this node signs promises (cluster.roles).");
}
