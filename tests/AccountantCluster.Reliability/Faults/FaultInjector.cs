using AccountantCluster.LocalNetwork;
using AccountantCluster.Reliability.Network;

namespace AccountantCluster.Reliability.Faults;

/// <summary>Makes a schedule happen, and undoes every fault of it.</summary>
internal sealed class FaultInjector(ChaosNetwork network, Action<string> tell) : IDisposable
{
    // PostgreSQL cannot be restarted while it is being restarted; such faults follow each other.
    private readonly SemaphoreSlim _server = new(1);

    /// <summary>Ends when all faults are undone.</summary>
    public Task RunAsync(Schedule schedule, CancellationToken cancellation) => Task.WhenAll(schedule.Faults.Select(async fault =>
    {
        await Task.Delay(fault.At, cancellation);
        tell($"fault: {fault}");
        await ApplyAsync(fault, cancellation);
    }));

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();

    private Task ApplyAsync(Fault fault, CancellationToken cancellation) => fault.Kind switch
    {
        FaultKind.Kill => network.Nodes[fault.Node].KillAsync(fault.Lasts),
        FaultKind.Pause => network.Nodes[fault.Node].PauseAsync(fault.Lasts, cancellation),
        FaultKind.RollingRestart => RestartNodesAsync(),
        FaultKind.DatabaseRestart => RestartServerAsync(UnixSignal.Interrupt, fault.Lasts, cancellation),
        FaultKind.DatabaseCrash => RestartServerAsync(UnixSignal.Quit, fault.Lasts, cancellation),
        FaultKind.CutPair => CutAsync([network.Relay.Between(fault.Node, fault.Other)], fault.Lasts, cancellation),
        FaultKind.Isolate => CutAsync(
            [.. network.Nodes.Where(node => node.Number != fault.Node).Select(node => network.Relay.Between(fault.Node, node.Number))],
            fault.Lasts,
            cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
    };

    private async Task RestartNodesAsync()
    {
        foreach (var node in network.Nodes) await node.RestartAsync();
    }

    private async Task RestartServerAsync(UnixSignal signal, TimeSpan away, CancellationToken cancellation)
    {
        await _server.WaitAsync(cancellation);
        try
        {
            await network.Server.RestartAsync(signal, away, cancellation);
        }
        finally
        {
            _server.Release();
        }
    }

    private static async Task CutAsync(IReadOnlyList<Link> links, TimeSpan lasts, CancellationToken cancellation)
    {
        foreach (var link in links) link.Cut();
        try
        {
            await Task.Delay(lasts, cancellation);
        }
        finally
        {
            foreach (var link in links) link.Heal();
        }
    }
}
