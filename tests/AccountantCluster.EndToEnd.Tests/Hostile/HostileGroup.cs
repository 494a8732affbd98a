namespace AccountantCluster.EndToEnd.Tests.Hostile;

/// <summary>The tests that attack one node, the same one all the time.</summary>
[CollectionDefinition(Name)]
public sealed class HostileGroup : ICollectionFixture<HostileScene>
{
    public const string Name = "hostile";
}
