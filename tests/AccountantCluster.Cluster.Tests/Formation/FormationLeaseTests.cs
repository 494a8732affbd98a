using AccountantCluster.LocalNetwork;
using Npgsql;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Who may begin a cluster, on a real PostgreSQL.</summary>
public sealed class FormationLeaseTests : IAsyncLifetime
{
    private PostgreSqlServer _server = null!;
    private NpgsqlDataSource _database = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgreSqlServer.StartAsync(await Toolchain.EnsureAsync());
        _database = NpgsqlDataSource.Create(await _server.CreateDatabaseAsync("formation"));
        await Node("setup").CreateTablesAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Of_many_nodes_that_start_at_once_one_begins()
    {
        var standings = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Node($"node-{number}").BeginAsync(default)));

        Assert.Single(standings, standing => standing.Contacts.Count == 0);
        Assert.Single(standings.Select(standing => standing.Cluster).Distinct());
    }

    [Fact]
    public async Task Tables_can_be_made_by_many_nodes_at_once() =>
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Node($"node-{number}").CreateTablesAsync(default)));

    [Fact]
    public async Task The_next_node_hears_of_all_members()
    {
        var cluster = (await Node("one").BeginAsync(default)).Cluster;
        Assert.True(await Node("two").KeepAsync(cluster, default));

        var standing = await Node("three").BeginAsync(default);

        Assert.Equal(cluster, standing.Cluster);
        Assert.Equal(["one", "two"], standing.Contacts);
    }

    [Fact]
    public async Task A_cluster_that_has_expired_is_replaced_and_hears_of_it()
    {
        var old = (await Node("one").BeginAsync(default)).Cluster;
        await ExecuteAsync("UPDATE cluster_formation SET expires_at = clock_timestamp() - interval '1 second'");

        var next = await Node("two").BeginAsync(default);

        Assert.Empty(next.Contacts);
        Assert.NotEqual(old, next.Cluster);
        Assert.False(await Node("one").KeepAsync(old, default));
        Assert.True(await Node("two").KeepAsync(next.Cluster, default));
    }

    [Fact]
    public async Task A_cluster_that_has_expired_goes_on_where_nobody_has_replaced_it()
    {
        var cluster = (await Node("one").BeginAsync(default)).Cluster;
        await ExecuteAsync("UPDATE cluster_formation SET expires_at = clock_timestamp() - interval '1 second'");

        Assert.True(await Node("one").KeepAsync(cluster, default));

        Assert.Equal(["one"], (await Node("two").BeginAsync(default)).Contacts);
    }

    [Fact]
    public async Task A_node_that_starts_again_does_not_wait_for_what_it_was()
    {
        var old = (await Node("one").BeginAsync(default)).Cluster;

        var next = await Node("one").BeginAsync(default);

        Assert.Empty(next.Contacts);
        Assert.NotEqual(old, next.Cluster);
    }

    [Fact]
    public async Task A_node_that_starts_again_joins_those_who_are_left()
    {
        var cluster = (await Node("one").BeginAsync(default)).Cluster;
        await Node("two").KeepAsync(cluster, default);

        var standing = await Node("one").BeginAsync(default);

        Assert.Equal(cluster, standing.Cluster);
        Assert.Equal(["two"], standing.Contacts);
    }

    [Fact]
    public async Task The_last_one_to_leave_ends_the_cluster()
    {
        var cluster = (await Node("one").BeginAsync(default)).Cluster;
        await Node("two").KeepAsync(cluster, default);

        await Node("one").LeaveAsync(cluster, default);
        Assert.Equal(["two"], (await Node("three").BeginAsync(default)).Contacts);
        await Node("two").LeaveAsync(cluster, default);

        Assert.Empty((await Node("three").BeginAsync(default)).Contacts);
    }

    [Fact]
    public async Task Who_joined_while_the_last_one_left_keeps_the_cluster()
    {
        var cluster = (await Node("one").BeginAsync(default)).Cluster;
        await Node("one").LeaveAsync(cluster, default);

        Assert.True(await Node("two").KeepAsync(cluster, default));

        Assert.Equal(["two"], (await Node("three").BeginAsync(default)).Contacts);
    }

    [Fact]
    public async Task Whoever_leaves_an_old_cluster_does_not_end_the_new_one()
    {
        var old = (await Node("one").BeginAsync(default)).Cluster;
        await ExecuteAsync("UPDATE cluster_formation SET expires_at = clock_timestamp() - interval '1 second'");
        var next = (await Node("two").BeginAsync(default)).Cluster;

        await Node("one").LeaveAsync(old, default);

        Assert.Equal(next, (await Node("three").BeginAsync(default)).Cluster);
    }

    private FormationLease Node(string address) => new(_database, address);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
