using AccountantCluster.Cli.Networks;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Accounts;

/// <summary>A provider's account with the accountant of a network.</summary>
internal sealed class OpenProvider : IAsyncDisposable
{
    private readonly PrivateKey _key;
    private readonly AccountantApi _api;

    private OpenProvider(OpenNetwork network, PrivateKey key, AccountantApi api, string storePath)
    {
        (Network, _key, _api) = (network, key, api);
        var onChain = new AccountantOnChain(network.Client, network.File.Accountant);
        Account = ProviderAccount.Open(network.Profile, key, storePath, api.OpenStream(key), onChain);
    }

    /// <summary>The network; disposed with this.</summary>
    public OpenNetwork Network { get; }

    /// <summary>The provider's key.</summary>
    public PrivateKey Key => _key;

    /// <summary>Its books. Not started: nothing was said to the accountant yet.</summary>
    public ProviderAccount Account { get; }

    /// <summary>Opens the books; network and key are disposed with them, and at once where that fails.</summary>
    public static OpenProvider Open(OpenNetwork network, PrivateKey key, Uri node, string? authorityFile, string folder)
    {
        var options = new ExchangeClientOptions { CertificateAuthorityFile = authorityFile };
        var api = new AccountantApi(node, network.Profile, options);
        try
        {
            PrivateFiles.CreateFolder(folder);
            return new OpenProvider(network, key, api, Path.Combine(folder, $"provider-{key.Address}.db"));
        }
        catch
        {
            api.Dispose();
            key.Dispose();
            network.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Account.DisposeAsync();
        _api.Dispose();
        _key.Dispose();
        Network.Dispose();
    }
}
