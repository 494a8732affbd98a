using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A PostgreSQL database whose tables were made without their unique indexes, as nodes once did.</summary>
public sealed class UniqueRowsTests : IAsyncLifetime
{
    private const string Row =
        "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message) VALUES (0, false, 'consumer-1', 1, 'x')";

    private PostgreSqlStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = await PostgreSqlStore.StartAsync();
        await _store.RunScriptAsync();
        await ExecuteAsync("ALTER TABLE journal DROP CONSTRAINT journal_uq; ALTER TABLE snapshot DROP CONSTRAINT \"PK_snapshot\"");
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_node_that_may_makes_them_and_leaves_the_rows()
    {
        await ExecuteAsync(Row);
        // Several nodes at once, too.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => StoreSetup.Create(_store.Options))));
        await using var scripted = await PostgreSqlStore.StartAsync();
        await scripted.RunScriptAsync();
        Assert.Equal(await scripted.DescribeAsync(), await _store.DescribeAsync());
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ExecuteAsync(Row));
    }

    [Fact]
    public async Task A_node_that_may_not_does_not_start()
    {
        var before = await _store.DescribeAsync();
        var problem = Assert.Throws<StoreUnusableException>(() => StoreSetup.Create(_store.Options with { CreatesTables = false }));
        Assert.Contains(
            "ALTER TABLE journal ADD CONSTRAINT journal_uq UNIQUE (persistence_id, sequence_number)",
            problem.Message,
            StringComparison.Ordinal);
        Assert.Equal(before, await _store.DescribeAsync());
    }

    [Fact]
    public async Task Where_a_number_is_there_twice_no_node_starts_and_nothing_is_changed()
    {
        await ExecuteAsync(Row);
        await ExecuteAsync(Row);
        var before = await _store.DescribeAsync();
        var problem = await Assert.ThrowsAsync<StoreUnusableException>(
            () => ClusterUnderTest.StartAsync(_store.Options, new NodeOptions()));
        Assert.Contains("HAVING count(*) > 1", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, await _store.DescribeAsync());
    }

    [Fact]
    public async Task A_database_that_can_only_be_read_is_no_place_for_a_node()
    {
        await ExecuteAsync("ALTER DATABASE accountant SET default_transaction_read_only = on");
        // Settings count for connections to come.
        Npgsql.NpgsqlConnection.ClearAllPools();
        var problem = Assert.Throws<StoreUnusableException>(() => StoreSetup.Create(_store.Options));
        Assert.Contains("nobody can write to it", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_stopped_keeps_a_node_from_starting()
    {
        await _store.Server.StopAsync(UnixSignal.Interrupt);
        await Assert.ThrowsAsync<StoreUnusableException>(() => ClusterUnderTest.StartAsync(_store.Options, new NodeOptions()));
        await _store.Server.StartAgainAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _store.OpenJournalAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
