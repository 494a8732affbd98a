using System.Diagnostics;
using System.Globalization;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Chain.Tests.LocalNetwork;

[Collection(LocalNetworkGroup.Name)]
public sealed class ManagedProcessTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_program_that_ends_returns_all_it_wrote_and_its_exit_code()
    {
        var command = new ProcessCommand("sh", "-c", "cat; echo problem >&2; exit 3") { StandardInput = "given\n" };

        var result = await ManagedProcess.RunAsync(command, Deadline);

        Assert.Equal(new ProcessResult(3, "given\n", "problem\n"), result);
    }

    [Fact]
    public async Task A_program_that_does_not_end_in_time_is_killed()
    {
        var problem = await Assert.ThrowsAsync<ProcessFailedException>(
            () => ManagedProcess.RunAsync(new ProcessCommand("sleep", "600"), TimeSpan.FromMilliseconds(200)));

        Assert.Contains("did not end within", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_is_found_whether_it_came_before_or_after()
    {
        await using var process = ManagedProcess.Start(new ProcessCommand("sh", "-c", "echo first; echo second; exec sleep 600"));

        Assert.Equal("second", await process.WaitForLineAsync(line => line == "second", Deadline));
        Assert.Equal("first", await process.WaitForLineAsync(line => line == "first", Deadline));
        await Assert.ThrowsAsync<ProcessFailedException>(
            () => process.WaitForLineAsync(line => line == "third", TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public async Task Waiting_for_a_line_of_a_program_that_ended_tells_why()
    {
        await using var process = ManagedProcess.Start(new ProcessCommand("sh", "-c", "echo the reason; exit 7"));

        var problem = await Assert.ThrowsAsync<ProcessFailedException>(() => process.WaitForLineAsync(line => line == "ready", Deadline));

        Assert.Contains("exit code 7", problem.Message, StringComparison.Ordinal);
        Assert.Contains("the reason", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_is_polite_first()
    {
        await using var process = ManagedProcess.Start(
            new ProcessCommand("sh", "-c", "trap 'echo goodbye; exit 5' TERM; echo ready; while :; do sleep 0.05; done"));
        await process.WaitForLineAsync(line => line == "ready", Deadline);

        Assert.Equal(5, await process.StopAsync(Deadline));
        Assert.Contains("goodbye", process.OutputTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_kills_what_does_not_listen()
    {
        await using var process = ManagedProcess.Start(
            new ProcessCommand("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"));
        await process.WaitForLineAsync(line => line == "ready", Deadline);

        Assert.Equal(128 + 9, await process.StopAsync(TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_named()
    {
        var missing = Path.Combine(Path.GetTempPath(), "no-such-program");

        var problem = Assert.Throws<ProcessFailedException>(() => ManagedProcess.Start(new ProcessCommand(missing)));

        Assert.Contains(missing, problem.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ProcessFailedException>(() => ManagedProcess.RunAsync(new ProcessCommand(missing), Deadline));
    }

    [Fact]
    public async Task A_child_dies_when_its_parent_is_killed()
    {
        // The parent is a shell whose child is bound to it in the same way as ours are to this process.
        const string script = "setpriv --pdeathsig KILL sh -c 'echo $$; exec sleep 600' & wait";
        await using var parent = ManagedProcess.Start(new ProcessCommand("sh", "-c", script));
        var line = await parent.WaitForLineAsync(text => int.TryParse(text, CultureInfo.InvariantCulture, out _), Deadline);
        using var child = Process.GetProcessById(int.Parse(line, CultureInfo.InvariantCulture));

        parent.Kill();

        using var limit = new CancellationTokenSource(Deadline);
        await child.WaitForExitAsync(limit.Token);
        Assert.True(child.HasExited);
    }
}
