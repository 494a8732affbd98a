using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Chain.Tests;

/// <summary>Tests that start processes share one toolchain and one chain, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class LocalNetworkGroup : ICollectionFixture<LocalNetworkFixture>
{
    public const string Name = "local network";
}

public sealed class LocalNetworkFixture : IAsyncLifetime
{
    public Toolchain Toolchain { get; private set; } = null!;

    public Anvil Anvil { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Toolchain = await Toolchain.EnsureAsync();
        Anvil = await Anvil.StartAsync(Toolchain, new AnvilOptions { FundedAccounts = 40 });
    }

    public async Task DisposeAsync() => await Anvil.DisposeAsync();
}
