namespace AccountantCluster.Contracts.Tests;

/// <summary>Tests that compile the contracts run one after the other: two compilations at once only slow each other down.</summary>
[CollectionDefinition(Name)]
public sealed class ContractsGroup
{
    public const string Name = "contracts";
}
