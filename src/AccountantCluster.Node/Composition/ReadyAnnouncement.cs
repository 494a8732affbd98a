using AccountantCluster.Cluster;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AccountantCluster.Node.Composition;

/// <summary>
/// Says on standard output, in one line, that the node is a member that reaches the channels, and where it takes calls, if it does: scripts
/// wait for it.
/// </summary>
internal sealed class ReadyAnnouncement(IServer server, INodeStanding standing, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // It listens once it has started.
        using var started = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStarted, stoppingToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, started.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await standing.WhenReady.WaitAsync(stoppingToken);
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses;
        await Console.Out.WriteLineAsync(addresses is null ? "ready: without grpc" : $"ready: grpc {string.Join(' ', addresses)}");
        await Console.Out.FlushAsync(stoppingToken);
    }
}
