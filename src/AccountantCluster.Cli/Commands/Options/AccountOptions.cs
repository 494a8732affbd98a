using System.CommandLine;
using AccountantCluster.Cli.Accounts;
using AccountantCluster.Client.Exchange;

namespace AccountantCluster.Cli.Commands.Options;

/// <summary>Whose account with which accountant a command works on, and where its books are.</summary>
internal sealed class AccountOptions
{
    private readonly NetworkOptions _network;
    private readonly Option<DirectoryInfo?> _state = new("--state")
    {
        Description = "Folder of the books, one file per identity. [default: in the home folder, per network]",
        HelpName = "folder",
    };

    private NodeOptions? _node;

    private AccountOptions(Command command, Host host, string whose)
    {
        Key = KeyOptions.AddTo(command, host, whose);
        _network = NetworkOptions.AddTo(command);
        command.Add(_state);
    }

    /// <summary>The identity's key.</summary>
    public KeyOptions Key { get; }

    /// <summary>Where the accountant's node is, for a command that may ask it.</summary>
    public NodeOptions Node => _node ?? throw new InvalidOperationException("The command asks no node.");

    /// <summary>Adds the options of a command that a provider gives.</summary>
    public static AccountOptions AddProvider(Command command, Host host)
    {
        var options = new AccountOptions(command, host, "the provider");
        options._node = NodeOptions.AddTo(command);
        return options;
    }

    /// <summary>Adds the options of a command that a consumer gives.</summary>
    public static AccountOptions AddConsumer(Command command, Host host)
    {
        var options = new AccountOptions(command, host, "the consumer");
        options._node = NodeOptions.AddTo(command);
        return options;
    }

    /// <summary>Adds the options of a command that looks at a provider's books, and needs no accountant.</summary>
    public static AccountOptions AddStorage(Command command, Host host) => new(command, host, "the provider");

    /// <summary>Finds a provider's books without opening them.</summary>
    public async Task<ProviderStorage> FindStorageAsync(ParseResult parsed, Host host, CancellationToken cancellation)
    {
        var file = _network.Read(parsed);
        var key = Key.Open(parsed, host);
        try
        {
            return new ProviderStorage(await _network.OpenAsync(parsed, cancellation), key, Folder(parsed, host, file.Name));
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Opens a provider's books; nothing is said to the accountant.</summary>
    public async Task<OpenProvider> OpenProviderAsync(ParseResult parsed, Host host, CancellationToken cancellation)
    {
        var file = _network.Read(parsed);
        var (node, authority) = (Node.Endpoint(parsed, file), Node.AuthorityFile(parsed));
        var key = Key.Open(parsed, host);
        return OpenProvider.Open(await _network.OpenAsync(parsed, cancellation), key, node, authority, Folder(parsed, host, file.Name));
    }

    /// <summary>Opens a consumer's books.</summary>
    public async Task<OpenConsumer> OpenConsumerAsync(ParseResult parsed, Host host, CancellationToken cancellation)
    {
        var file = _network.Read(parsed);
        var key = Key.Open(parsed, host);
        var network = await _network.OpenAsync(parsed, cancellation);
        // Whoever is registered needs nobody's word but the chain's.
        Func<AccountantApi?> accountant = () =>
            _node?.IsSaid(parsed, file) == true ? _node.OpenApi(parsed, file, network.Profile) : null;
        return await OpenConsumer.OpenAsync(network, key, Folder(parsed, host, file.Name), accountant, cancellation);
    }

    private string Folder(ParseResult parsed, Host host, string network) =>
        parsed.GetValue(_state)?.FullName ?? Path.Combine(host.Home, network);
}
