using AccountantCluster.Cli.Networks;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Accounts;

/// <summary>A consumer's account with the accountant of a network.</summary>
internal sealed class OpenConsumer : IDisposable
{
    private readonly OpenNetwork _network;
    private readonly PrivateKey _key;

    private OpenConsumer(OpenNetwork network, PrivateKey key, string storePath)
    {
        (_network, _key) = (network, key);
        Account = ConsumerAccount.Open(network.Profile, key, storePath);
    }

    /// <summary>Its books.</summary>
    public ConsumerAccount Account { get; }

    /// <summary>Opens the books and reads on chain what the channel holds; network and key are disposed with them, and at once where that fails.</summary>
    public static async Task<OpenConsumer> OpenAsync(OpenNetwork network, PrivateKey key, string folder, CancellationToken cancellation)
    {
        try
        {
            var deposited = await new ChannelReads(network.Client, network.Profile).ReadDepositedAsync(key.Address, cancellation: cancellation);
            PrivateFiles.CreateFolder(folder);
            var consumer = new OpenConsumer(network, key, Path.Combine(folder, $"consumer-{key.Address}.db"));
            consumer.Account.SetDeposited(deposited);
            return consumer;
        }
        catch
        {
            key.Dispose();
            network.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Account.Dispose();
        _key.Dispose();
        _network.Dispose();
    }
}
