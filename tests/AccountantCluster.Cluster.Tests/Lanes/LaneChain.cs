using AccountantCluster.Chain;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A real chain that makes a block only when it is told to, and a node with a journal.</summary>
public sealed class LaneChain : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<PrivateKey> _keys = [];

    internal ClusterUnderTest Cluster { get; private set; } = null!;

    internal Anvil Anvil { get; private set; } = null!;

    internal JsonRpcEthereumClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Anvil = await Anvil.StartAsync(await Toolchain.EnsureAsync());
        Client = new JsonRpcEthereumClient(Anvil.Endpoint);
        await Anvil.SetAutomineAsync(isOn: false);
        Cluster = await ClusterUnderTest.StartAsync(_folder.Path);
    }

    public async Task DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await Anvil.DisposeAsync();
    }

    public void Dispose()
    {
        Client.Dispose();
        _keys.ForEach(key => key.Dispose());
        _folder.Dispose();
    }

    /// <summary>A key with ether that no other test has.</summary>
    internal PrivateKey NewKey()
    {
        _keys.Add(DevelopmentAccounts.Key(_keys.Count));
        return _keys[^1];
    }

    internal async Task<ulong> CountAsync(Address account, BlockReference block) => await Client.GetTransactionCountAsync(account, block);
}
