using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>A PostgreSQL server of the demo's own, with one empty database for its node.</summary>
internal sealed class DemoDatabase : IAsyncDisposable
{
    private readonly PostgreSqlServer _server;

    private DemoDatabase(PostgreSqlServer server, string connectionString) => (_server, ConnectionString) = (server, connectionString);

    /// <summary>How the node reaches it.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts a server where the store is PostgreSQL; null where it is not.</summary>
    public static async Task<DemoDatabase?> StartAsync(DemoStore store, Action<string> tell, CancellationToken cancellation)
    {
        if (store != DemoStore.Postgres) return null;
        var server = await PostgreSqlServer.StartAsync(await Toolchain.EnsureAsync(tell, cancellation), cancellation);
        try
        {
            tell($"Started PostgreSQL, process {server.Process.Id}.");
            return new DemoDatabase(server, await server.CreateDatabaseAsync("accountant", cancellation));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
