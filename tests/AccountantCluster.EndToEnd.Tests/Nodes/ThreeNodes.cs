using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Exchange;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.EndToEnd.Tests.Nodes;

/// <summary>
/// Three nodes over one PostgreSQL: the network's own, which begins the cluster and comes back at its port, one that only takes calls, and
/// one that does everything but that.
/// </summary>
public sealed class ThreeNodes : LiveNetwork
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private PostgreSqlServer _server = null!;
    private string _database = "";

    /// <summary>The node with the role <c>edge</c> alone.</summary>
    internal NodeProcess Edge { get; private set; } = null!;

    /// <summary>The node with the roles <c>channels</c> and <c>settlement</c>.</summary>
    internal NodeProcess Keeper { get; private set; } = null!;

    /// <summary>The SDK's connection to <see cref="Edge"/>.</summary>
    internal AccountantApi EdgeApi { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        using var patience = new CancellationTokenSource(Patience);
        (Edge, Keeper) = (await StartAsync(2, ["edge"], patience.Token), await StartAsync(3, ["channels", "settlement"], patience.Token));
        EdgeApi = new AccountantApi(Edge.Endpoint, Chain.Profile);
    }

    public override async Task DisposeAsync()
    {
        EdgeApi.Dispose();
        await Edge.DisposeAsync();
        await Keeper.DisposeAsync();
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>Sends a process what an orchestrator sends, and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    internal static async Task<int> TerminateAsync(NodeProcess node)
    {
        node.Process.Signal(UnixSignal.Terminate);
        return await node.Process.WaitForExitAsync(Patience);
    }

    private protected override async Task<string?> StartDatabaseAsync(CancellationToken cancellation)
    {
        _server = await PostgreSqlServer.StartAsync(await Toolchain.EnsureAsync(cancellation: cancellation), cancellation);
        return _database = await _server.CreateDatabaseAsync("accountant", cancellation);
    }

    private Task<NodeProcess> StartAsync(int number, IReadOnlyList<string> roles, CancellationToken cancellation)
    {
        var configuration = NodeProcess.WriteConfiguration(
            Folder, Chain, "127.0.0.1:0", _database, number: number, roles: roles);
        return NodeProcess.StartAsync(configuration, Folder, program: null, cancellation);
    }
}
