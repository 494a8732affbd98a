using AccountantCluster.Chain;
using AccountantCluster.Cluster;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Configuration;

/// <summary>The keys that a node's roles need, and no others: what a node does not hold, nobody can take from it.</summary>
internal sealed class NodeKeys : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    private NodeKeys()
    {
    }

    /// <summary>The operator's key, on nodes that sign promises.</summary>
    public PrivateKey? Signing { get; private set; }

    /// <summary>Signs transactions, on nodes that may settle; can be the operator's key.</summary>
    public ITransactionSigner? Sending { get; private set; }

    /// <summary>Opens what is needed; the caller disposes it.</summary>
    /// <exception cref="ConfigurationException">A key is missing or cannot be opened.</exception>
    public static NodeKeys Open(NodeConfiguration options, IReadOnlyList<string> roles)
    {
        var keys = new NodeKeys();
        try
        {
            if (roles.Contains(NodeRoles.Signer)) keys.Signing = keys.Own(OperatorKey.Open(Operator(options)));
            if (roles.Contains(NodeRoles.Settlement)) keys.Sending = keys.OpenSending(options.Settlement);
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _owned.ForEach(owned => owned.Dispose());

    private ITransactionSigner OpenSending(NodeConfiguration.SettlementSection section)
    {
        if (section is { Signer: null, Sender: null }) return new LocalTransactionSigner(OpenSendingKey(section), Curve.Default);
        if (section is not { Signer: { } signer, Sender: { } sender })
            throw new ConfigurationException("settlement.signer and settlement.sender belong together: one of them is missing.");
        if (section.Keystore is not null || section.PasswordFile is not null)
            throw new ConfigurationException("settlement.signer and settlement.keystore exclude each other: the key is in one place.");
        return new RemoteTransactionSigner(
            Own(new HttpClient()), RemoteSignerAddress.Read(signer), ReadSender(sender), new EthereumClientOptions());
    }

    private PrivateKey OpenSendingKey(NodeConfiguration.SettlementSection section) => (section.Keystore, section.PasswordFile) switch
    {
        ({ Length: > 0 } keystore, { Length: > 0 } passwordFile) => Own(OperatorKey.Open(keystore, passwordFile, "settlement's")),
        (null, null) => Signing ?? throw new ConfigurationException(
            "settlement.keystore is missing: this node sends transactions, and the operator's key stays with those that sign promises "
            + "(cluster.roles)."),
        _ => throw new ConfigurationException("settlement.keystore and settlement.passwordFile belong together: one of them is missing."),
    };

    private static NodeConfiguration.OperatorSection Operator(NodeConfiguration options) =>
        options.Operator ?? throw new ConfigurationException("operator is missing: this node signs promises (cluster.roles).");

    private static Address ReadSender(string text) =>
        Address.TryParse(text, out var sender) ? sender : throw new ConfigurationException($"settlement.sender is no address: {text}");

    private T Own<T>(T item)
        where T : IDisposable
    {
        _owned.Add(item);
        return item;
    }
}
