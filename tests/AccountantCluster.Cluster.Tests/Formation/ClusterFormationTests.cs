using AccountantCluster.LocalNetwork;
using Npgsql;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Nodes that meet through their database, on a real PostgreSQL.</summary>
public sealed class ClusterFormationTests : IAsyncLifetime
{
    private const int Nodes = 3;

    private PostgreSqlServer _server = null!;
    private string _connection = null!;
    private StoreOptions _store = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgreSqlServer.StartAsync(await Toolchain.EnsureAsync());
        _connection = await _server.CreateDatabaseAsync("accountant");
        _store = new StoreOptions.PostgreSql(_connection);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Nodes_that_start_at_once_form_one_cluster()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, Nodes).Select(_ => ClusterUnderTest.StartAsync(_store, new NodeOptions())));
        try
        {
            foreach (var node in nodes)
                await Eventually.BecomesAsync(() => Task.FromResult(node.MembersUp), up => up == Nodes);
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_next_node_begins_at_once_after_the_last_one_has_left()
    {
        await using var first = await ClusterUnderTest.StartAsync(_store, new NodeOptions());
        await Eventually.BecomesAsync(() => Task.FromResult(first.MembersUp), up => up == 1);
        await first.StopAsync();
        Assert.Equal(0L, await ReadAsync("SELECT count(*) FROM cluster_formation"));

        await using var second = await ClusterUnderTest.StartAsync(_store, new NodeOptions());
        await Eventually.BecomesAsync(() => Task.FromResult(second.MembersUp), up => up == 1);
    }

    [Fact]
    public async Task A_node_whose_cluster_was_replaced_ends()
    {
        await using var node = await ClusterUnderTest.StartAsync(_store, new NodeOptions());
        await Eventually.BecomesAsync(() => Task.FromResult(node.MembersUp), up => up == 1);

        await ReadAsync("UPDATE cluster_formation SET cluster = gen_random_uuid() RETURNING 1::bigint");

        await Eventually.BecomesAsync(() => Task.FromResult(node.System.WhenTerminated.IsCompleted), ended => ended);
        Assert.Equal(1L, await ReadAsync("SELECT count(*) FROM cluster_formation"));
    }

    private async Task<long> ReadAsync(string sql)
    {
        await using var database = NpgsqlDataSource.Create(_connection);
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
