using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Networks;

/// <summary>A network with a connection to its chain.</summary>
internal sealed class OpenNetwork : IDisposable
{
    private readonly JsonRpcEthereumClient _client;

    private OpenNetwork(NetworkFile file, JsonRpcEthereumClient client, AccountantProfile profile) =>
        (File, _client, Profile) = (file, client, profile);

    /// <summary>Its addresses.</summary>
    public NetworkFile File { get; }

    /// <summary>Its chain.</summary>
    public IEthereumClient Client => _client;

    /// <summary>Everything that signatures and channel addresses depend on.</summary>
    public AccountantProfile Profile { get; }

    /// <summary>The token.</summary>
    public TokenContract Token => new(_client, File.Token);

    /// <summary>Connects, and checks that chain and contracts are those that the file says.</summary>
    /// <exception cref="CommandFailedException">They are not.</exception>
    public static async Task<OpenNetwork> OpenAsync(NetworkFile file, CancellationToken cancellation)
    {
        var client = new JsonRpcEthereumClient(file.Rpc);
        try
        {
            var chainId = await client.GetChainIdAsync(cancellation);
            if (chainId != file.ChainId)
                throw new CommandFailedException($"The node serves chain {chainId}, the network is on chain {file.ChainId}.");
            var profile = await AccountantOnChain.ReadProfileAsync(client, file.Accountant, cancellation);
            if ((profile.Registry, profile.Token) != (file.Registry, file.Token))
                throw new CommandFailedException("The accountant on chain names another registry or token than the network file.");
            if (file.ConsumerChannelImplementation is { } known && known != profile.ConsumerChannelImplementation)
                throw new CommandFailedException("The registry on chain makes consumer channels of other code than the network file says.");
            return new OpenNetwork(file, client, profile);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The lane of a key; the caller disposes it.</summary>
    public TransactionSender SenderOf(PrivateKey key) =>
        new(_client, key, File.ChainId, new TransactionSenderOptions { Confirmations = File.Confirmations });

    /// <summary>The newest block, for reads that belong together.</summary>
    public async Task<Block> NewestBlockAsync(CancellationToken cancellation) =>
        await _client.GetBlockAsync(BlockReference.Latest, cancellation) ?? throw new CommandFailedException("The chain has no block.");

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
