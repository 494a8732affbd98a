using System.Globalization;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.EndToEnd.Tests.Nodes;

/// <summary>A node that was silent for so long that the others went on without it.</summary>
public sealed class GivenUpTests(ThreeNodes network) : IClassFixture<ThreeNodes>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Its_process_ends_with_a_failure_and_the_others_do_not()
    {
        await SignalAsync("STOP");
        await network.HoldsAsync(
            "the others give it up",
            () => Task.FromResult(network.Node.Process.OutputTail.Contains("SBR took decision", StringComparison.Ordinal)
                || network.Keeper.Running.Process.OutputTail.Contains("SBR took decision", StringComparison.Ordinal)));
        await SignalAsync("CONT");

        Assert.Equal(1, await network.Edge.Running.Process.WaitForExitAsync(Patience));
        Assert.False(network.Keeper.Running.Process.HasExited, network.Keeper.Running.Process.OutputTail);
        network.MustAnswerItself();
    }

    private async Task SignalAsync(string signal)
    {
        var command = new ProcessCommand("kill", $"-{signal}", network.Edge.Running.Id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, (await ManagedProcess.RunAsync(command, Patience)).ExitCode);
    }
}
