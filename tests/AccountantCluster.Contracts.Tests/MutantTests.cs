using System.Text.Json;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Contracts.Tests;

/// <summary>
/// The Solidity tests see a broken rule: one line of the sources is changed, and the test named in <c>contracts/test/mutants</c> fails. Each
/// mutant is a compilation of its own, so that there are few here; <c>contracts/scripts/mutants.mjs</c> without names runs all of them, and CI does.
/// </summary>
[Collection(ContractsGroup.Name)]
public sealed class MutantTests
{
    // A compilation and a short run of forge, on a machine that is busy with the other tests.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(12);

    [Theory]
    [InlineData("settlement-takes-all-tokens")]
    [InlineData("provider-gets-the-total-again")]
    [InlineData("fee-goes-to-the-sender")]
    public async Task A_broken_rule_is_seen(string mutant)
    {
        var toolchain = await Toolchain.EnsureAsync();
        var run = new ProcessCommand("node", Path.Combine(toolchain.Contracts, "scripts", "mutants.mjs"), "--json", mutant);

        var result = await ManagedProcess.RunAsync(run, Deadline);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        using var row = JsonDocument.Parse(result.Output);
        Assert.Equal(mutant, row.RootElement.GetProperty("name").GetString());
    }
}
