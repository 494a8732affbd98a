using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Contracts.Tests;

/// <summary>What the C# side deploys and calls, <c>contracts/abi</c>, is what the sources build.</summary>
[Collection(ContractsGroup.Name)]
public sealed class CommittedAbiTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Committed_abi_and_bytecode_are_what_the_sources_build()
    {
        var toolchain = await Toolchain.EnsureAsync();
        var check = new ProcessCommand("node", Path.Combine(toolchain.Contracts, "scripts", "export-abi.mjs"), "--check");

        var result = await ManagedProcess.RunAsync(check, Deadline);

        Assert.True(result.ExitCode == 0, result.Error);
    }
}
