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

    /// <summary>Signs other people's transactions, on nodes that may send them.</summary>
    public ITransactionSigner? Making { get; private set; }

    /// <summary>Opens what is needed; the caller disposes it.</summary>
    /// <exception cref="ConfigurationException">A key is missing or cannot be opened.</exception>
    public static NodeKeys Open(NodeConfiguration options, IReadOnlyList<string> roles)
    {
        var keys = new NodeKeys();
        try
        {
            if (roles.Contains(NodeRoles.Signer)) keys.Signing = keys.Own(OperatorKey.Open(Operator(options)));
            if (roles.Contains(NodeRoles.Settlement)) keys.Sending = keys.OpenSending(options.Settlement, "settlement", keys.Signing);
            if (roles.Contains(NodeRoles.Maker)) keys.Making = keys.OpenMaking(options);
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

    private ITransactionSigner OpenSending(ISendingKey key, string section, PrivateKey? otherwise)
    {
        if (key is { Signer: null, Sender: null })
            return new LocalTransactionSigner(OpenSendingKey(key, section) ?? otherwise ?? throw Missing(section), Curve.Default);
        if (key is not { Signer: { } signer, Sender: { } sender })
            throw new ConfigurationException($"{section}.signer and {section}.sender belong together: one of them is missing.");
        if (key.Keystore is not null || key.PasswordFile is not null)
            throw new ConfigurationException($"{section}.signer and {section}.keystore exclude each other: the key is in one place.");
        return new RemoteTransactionSigner(
            Own(new HttpClient()), RemoteSignerAddress.Read(signer, section), ReadSender(sender, section), new EthereumClientOptions());
    }

    private PrivateKey? OpenSendingKey(ISendingKey key, string section) => (key.Keystore, key.PasswordFile) switch
    {
        ({ Length: > 0 } keystore, { Length: > 0 } passwordFile) => Own(OperatorKey.Open(keystore, passwordFile, $"{section}'s")),
        (null, null) => null,
        _ => throw new ConfigurationException($"{section}.keystore and {section}.passwordFile belong together: one of them is missing."),
    };

    private static ConfigurationException Missing(string section) => new(
        $"{section}.keystore is missing: this node sends transactions, and the operator's key stays with those that sign promises "
        + "(cluster.roles).");

    private ITransactionSigner OpenMaking(NodeConfiguration options)
    {
        var section = options.Maker
            ?? throw new ConfigurationException("maker is missing: this node sends others' transactions (cluster.roles).");
        var signer = OpenSending(section, "maker", otherwise: null);
        // Two lanes of one key would use each nonce twice.
        return signer.Address != Sending?.Address && signer.Address != Signing?.Address
            ? signer
            : throw new ConfigurationException(
                "maker.keystore holds a key that this node uses otherwise: a transaction maker needs its own.");
    }

    private static NodeConfiguration.OperatorSection Operator(NodeConfiguration options) =>
        options.Operator ?? throw new ConfigurationException("operator is missing: this node signs promises (cluster.roles).");

    private static Address ReadSender(string text, string section) =>
        Address.TryParse(text, out var sender) ? sender : throw new ConfigurationException($"{section}.sender is no address: {text}");

    private T Own<T>(T item)
        where T : IDisposable
    {
        _owned.Add(item);
        return item;
    }
}
