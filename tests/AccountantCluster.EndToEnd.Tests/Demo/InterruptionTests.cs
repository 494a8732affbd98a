using AccountantCluster.LocalNetwork;

namespace AccountantCluster.EndToEnd.Tests.Demo;

/// <summary>Whoever interrupts the demo finds nothing left of it.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const int Interrupted = 130;

    private readonly DemoProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("Started a chain", 1, UnixSignal.Terminate)]
    [InlineData("promises accepted", 2, UnixSignal.Interrupt)]
    public async Task No_process_and_no_file_is_left_behind(string moment, int children, UnixSignal signal)
    {
        await using var demo = ManagedProcess.Start(_program.Command("--seconds", "300"));
        await demo.WaitForLineAsync(line => line.Contains(moment, StringComparison.Ordinal), DemoProgram.Deadline);
        var started = ChildProcesses.Of(demo.Id);
        Assert.True(started.Count >= children, $"{started.Count} children:\n{demo.OutputTail}");
        Assert.NotEmpty(_program.LeftBehind);

        demo.Signal(signal);
        var exitCode = await demo.WaitForExitAsync(DemoProgram.Deadline);

        Assert.Equal(Interrupted, exitCode);
        Assert.DoesNotContain(started, ChildProcesses.Runs);
        Assert.Empty(_program.LeftBehind);
    }
}
