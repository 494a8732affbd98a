using AccountantCluster.Cli.Networks;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Accounts;

/// <summary>
/// Where a provider's books of one accountant are, for commands that only look at them: they are opened for a moment, so that other
/// commands can use them between two looks.
/// </summary>
internal sealed class ProviderStorage(OpenNetwork network, PrivateKey key, string folder) : IDisposable
{
    /// <summary>The network; disposed with this.</summary>
    public OpenNetwork Network => network;

    /// <summary>The provider's key; disposed with this.</summary>
    public PrivateKey Key => key;

    /// <summary>Where the evidence is kept unless told otherwise.</summary>
    public string EvidencePath => Path.Combine(folder, $"provider-{key.Address}.evidence.json");

    /// <summary>Opens the books; nobody else can until the account is disposed.</summary>
    /// <exception cref="Client.Storage.StoreException">Another process has them.</exception>
    public ProviderAccount Open(ProviderOptions? options = null)
    {
        PrivateFiles.CreateFolder(folder);
        var onChain = new AccountantOnChain(network.Client, network.File.Accountant);
        return ProviderAccount.OpenBooks(network.Profile, key, Path.Combine(folder, $"provider-{key.Address}.db"), onChain, options);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        key.Dispose();
        network.Dispose();
    }
}
