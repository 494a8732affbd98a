using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Tests.Support;

/// <summary>One chain for all tests of this assembly that need one; every test takes funded keys of its own.</summary>
public sealed class LocalChain : IAsyncLifetime
{
    private int _nextAccount;

    public Anvil Anvil { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Anvil = await Anvil.StartAsync(await Toolchain.EnsureAsync(), new AnvilOptions { FundedAccounts = 40 });

    public async Task DisposeAsync() => await Anvil.DisposeAsync();

    /// <summary>A key with ether that no other test has; the caller disposes it.</summary>
    public PrivateKey NewFundedKey() => DevelopmentAccounts.Key(Interlocked.Increment(ref _nextAccount) - 1);
}

/// <summary>The group of these tests.</summary>
[CollectionDefinition(Name)]
public sealed class LocalChainGroup : ICollectionFixture<LocalChain>
{
    public const string Name = "local chain";
}
