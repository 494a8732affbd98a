using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.EndToEnd.Tests.Nodes;

/// <summary>A node that is started while its database is not.</summary>
public sealed class NoDatabaseTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task It_ends_with_one_line_that_says_so()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var folder = new DemoFolder(keep: false);
        await using var chain = await DemoChain.StartAsync(_ => { }, patience.Token);
        var configuration = NodeFiles.Write(folder, chain, new NodeTold { Database = "Host=127.0.0.1;Port=1;Username=accountant" });

        var refused = await Assert.ThrowsAsync<ProcessFailedException>(
            () => NodeProcess.StartAsync(configuration, folder, program: null, patience.Token));
        Assert.Contains("exit code 2", refused.Message, StringComparison.Ordinal);
        var said = Assert.Single(await File.ReadAllLinesAsync(Path.ChangeExtension(configuration, ".log"), patience.Token));
        Assert.StartsWith("The PostgreSQL database cannot be used: ", said, StringComparison.Ordinal);
    }
}
