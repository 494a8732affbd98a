using AccountantCluster.Cli.Networks;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Exchange;
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

    /// <summary>
    /// Opens the books and reads on chain what the channel holds; network and key are disposed with them, and at once where that fails.
    /// </summary>
    /// <param name="network">Where the channel is.</param>
    /// <param name="key">The consumer's.</param>
    /// <param name="folder">Of the books.</param>
    /// <param name="accountant">Connects to it where there is one: asked for what may be promised before the registration is mined.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<OpenConsumer> OpenAsync(
        OpenNetwork network, PrivateKey key, string folder, Func<AccountantApi?> accountant, CancellationToken cancellation)
    {
        try
        {
            var reads = new ChannelReads(network.Client, network.Profile);
            var channel = await reads.ReadConsumerAsync(key.Address, cancellation: cancellation);
            var deposited = channel.IsRegistered
                ? channel.Deposited
                : Amount.Min(channel.Balance, await ReadGrantedAsync(accountant, key, cancellation));
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

    private static async Task<Amount> ReadGrantedAsync(
        Func<AccountantApi?> accountant, PrivateKey key, CancellationToken cancellation)
    {
        using var api = accountant();
        if (api is null) return Amount.Zero;
        return (await api.GetChannelAsync(key, cancellation)).Consumer?.Deposited ?? Amount.Zero;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Account.Dispose();
        _key.Dispose();
        _network.Dispose();
    }
}
