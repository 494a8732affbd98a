namespace AccountantCluster.Contracts.Tests;

/// <summary>Every Solidity test of <c>contracts/test</c> as a row of its own; forge runs once for all of them.</summary>
[Collection(ContractsGroup.Name)]
public sealed class SolidityTests
{
    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var test in ForgeRun.Failures.Keys) names.Add(test.Contract, test.Function);
            return names;
        }
    }

    // Rows are made when the test runs, not when it is looked for: listing the tests must not start forge.
    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public void Forge_test_passes(string contract, string function)
    {
        var failure = ForgeRun.Failures[new ForgeTest(contract, function)];

        Assert.True(failure is null, failure);
    }
}
