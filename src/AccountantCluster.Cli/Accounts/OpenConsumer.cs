using AccountantCluster.Cli.Networks;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Accounts;

/// <summary>A consumer's account with the accountant of a network.</summary>
internal sealed class OpenConsumer : IDisposable
{
    private OpenConsumer(OpenNetwork network, PrivateKey key, string storePath)
    {
        (Network, Key) = (network, key);
        Account = ConsumerAccount.Open(network.Profile, key, storePath);
    }

    /// <summary>The network; disposed with this.</summary>
    public OpenNetwork Network { get; }

    /// <summary>The consumer's key.</summary>
    public PrivateKey Key { get; }

    /// <summary>Its books.</summary>
    public ConsumerAccount Account { get; }

    /// <summary>What the chain said last of its channel.</summary>
    public ExitStanding Standing { get; private set; } = null!;

    /// <summary>
    /// Opens the books and reads on chain what the channel holds and whether it is left; network and key are disposed with them, and at
    /// once where that fails.
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
            // Before the books are opened: what fails here leaves no file.
            var standing = await new UnilateralExit(network.Client, network.Profile).ReadAsync(key.Address, cancellation);
            var channel = standing.Channel;
            var granted = channel.IsRegistered ? Amount.Zero : await ReadGrantedAsync(accountant, key, cancellation);
            PrivateFiles.CreateFolder(folder);
            var consumer = new OpenConsumer(network, key, Path.Combine(folder, $"consumer-{key.Address}.db"));
            consumer.Take(standing);
            if (!channel.IsRegistered) consumer.Account.SetDeposited(Amount.Min(channel.Balance, granted));
            return consumer;
        }
        catch
        {
            key.Dispose();
            network.Dispose();
            throw;
        }
    }

    /// <summary>Reads the channel again.</summary>
    public async Task ReadChainAsync(CancellationToken cancellation) =>
        Take(await new UnilateralExit(Network.Client, Network.Profile).ReadAsync(Key.Address, cancellation));

    /// <inheritdoc/>
    public void Dispose()
    {
        Account.Dispose();
        Key.Dispose();
        Network.Dispose();
    }

    private static async Task<Amount> ReadGrantedAsync(
        Func<AccountantApi?> accountant, PrivateKey key, CancellationToken cancellation)
    {
        using var api = accountant();
        if (api is null) return Amount.Zero;
        return (await api.GetChannelAsync(key, cancellation)).Consumer?.Deposited ?? Amount.Zero;
    }

    private void Take(ExitStanding standing)
    {
        Standing = standing;
        Account.SetChannel(standing.Channel, standing.Block.Timestamp);
    }
}
