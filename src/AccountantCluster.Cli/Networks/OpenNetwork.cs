using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Networks;

/// <summary>A network with a connection to its chain.</summary>
internal sealed class OpenNetwork : IDisposable
{
    private readonly JsonRpcEthereumClient _client;

    private OpenNetwork(NetworkFile file, JsonRpcEthereumClient client)
    {
        File = file;
        _client = client;
        Token = new TokenContract(client, file.Token);
        Registry = new RegistryContract(client, file.Registry);
        Accountant = new AccountantContract(client, file.Accountant);
    }

    /// <summary>Its addresses.</summary>
    public NetworkFile File { get; }

    /// <summary>Its chain.</summary>
    public IEthereumClient Client => _client;

    /// <summary>The token.</summary>
    public TokenContract Token { get; }

    /// <summary>The registry.</summary>
    public RegistryContract Registry { get; }

    /// <summary>The accountant.</summary>
    public AccountantContract Accountant { get; }

    /// <summary>Connects, and checks that it is the chain that the file says.</summary>
    /// <exception cref="CommandFailedException">It is another chain.</exception>
    public static async Task<OpenNetwork> OpenAsync(NetworkFile file, CancellationToken cancellation)
    {
        var client = new JsonRpcEthereumClient(file.Rpc);
        try
        {
            var chainId = await client.GetChainIdAsync(cancellation);
            return chainId == file.ChainId
                ? new OpenNetwork(file, client)
                : throw new CommandFailedException($"The node serves chain {chainId}, the network is on chain {file.ChainId}.");
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

    /// <summary>Where the identity's consumer channel is or will be.</summary>
    public Task<Address> ChannelOfAsync(Address identity, CancellationToken cancellation) =>
        Registry.GetChannelAddressAsync(identity, File.Accountant, BlockReference.Latest, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
