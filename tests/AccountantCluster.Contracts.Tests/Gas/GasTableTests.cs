using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Contracts.Tests.Gas;

/// <summary>What the contracts cost is known to the last unit, and nobody makes them dearer without saying so.</summary>
public sealed class GasTableTests
{
    [Fact]
    public async Task The_committed_gas_table_is_what_the_contracts_cost()
    {
        var file = Path.Combine((await Toolchain.EnsureAsync()).Contracts, "GAS.md");
        var measured = await GasTable.MeasureAsync();
        if (Environment.GetEnvironmentVariable(GasTable.RenewVariable) == "1") await File.WriteAllTextAsync(file, measured);

        var committed = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";

        Assert.DoesNotContain(GasTable.MissingReason, measured, StringComparison.Ordinal);
        Assert.True(measured == committed, $"contracts/GAS.md is stale. Renew it: {GasTable.Command}\n{measured}");
    }
}
