using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.LocalNetwork;
using Npgsql;

namespace AccountantCluster.EndToEnd.Tests.Nodes;

/// <summary>A network whose node has a PostgreSQL, over which more nodes can join it, each in a process of its own.</summary>
public class PostgreSqlNetwork : LiveNetwork
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private PostgreSqlServer _server = null!;
    private string _database = "";
    private int _nodes = 1;

    /// <summary>Where its database is.</summary>
    internal NpgsqlConnectionStringBuilder Database => new(_database);

    public override async Task DisposeAsync()
    {
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

    /// <summary>Starts one more node and waits until it is ready.</summary>
    /// <param name="told">What it is told, besides where the network's database is.</param>
    internal async Task<JoinedNode> JoinAsync(NodeTold told)
    {
        var number = Interlocked.Increment(ref _nodes);
        var configuration = NodeFiles.Write(Folder, Chain, told with { Database = _database, Number = number });
        return await JoinedNode.StartAsync(Folder, number, configuration);
    }

    private protected override async Task<string?> StartDatabaseAsync(CancellationToken cancellation)
    {
        _server = await PostgreSqlServer.StartAsync(await Toolchain.EnsureAsync(cancellation: cancellation), cancellation);
        return _database = await _server.CreateDatabaseAsync("accountant", cancellation);
    }
}
