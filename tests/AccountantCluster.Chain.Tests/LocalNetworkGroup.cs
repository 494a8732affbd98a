namespace AccountantCluster.Chain.Tests;

/// <summary>Tests that start processes share one toolchain and one chain, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class LocalNetworkGroup : ICollectionFixture<LocalNetworkFixture>
{
    public const string Name = "local network";
}
