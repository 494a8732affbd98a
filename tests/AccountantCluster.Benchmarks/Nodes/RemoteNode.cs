using System.Globalization;
using System.Runtime.InteropServices;
using AccountantCluster.Benchmarks.World;
using AccountantCluster.Client.Exchange;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Benchmarks.Nodes;

/// <summary>A node in a process of its own, reached as the SDK reaches it.</summary>
internal sealed class RemoteNode : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly ManagedProcess _process;

    private RemoteNode(ManagedProcess process, Uri endpoint) =>
        (_process, Api) = (process, new AccountantApi(endpoint, BenchmarkAccountant.Profile));

    public int Id => _process.Id;

    public AccountantApi Api { get; }

    /// <summary>Starts a node, which tells its cluster the deposits of so many consumers.</summary>
    public static async Task<RemoteNode> StartAsync(string kind, string where, int channels)
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var process = ManagedProcess.Start(new ProcessCommand(
            host, typeof(RemoteNode).Assembly.Location, Server.Verb, kind, where, channels.ToString(CultureInfo.InvariantCulture)));
        try
        {
            var ready = await process.WaitForLineAsync(
                line => line.StartsWith(Server.ReadyPrefix, StringComparison.Ordinal), StartDeadline);
            return new RemoteNode(process, new Uri(ready[Server.ReadyPrefix.Length..].Trim()));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _process.StopAsync(StopGrace);
        await _process.DisposeAsync();
    }
}
