namespace AccountantCluster.EndToEnd.Tests;

/// <summary>The group of all tests that start processes: one after the other, each class with a chain and a node of its own.</summary>
[CollectionDefinition(Name)]
public sealed class EndToEndGroup
{
    public const string Name = "real processes";
}
