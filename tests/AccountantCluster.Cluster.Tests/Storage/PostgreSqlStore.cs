using System.Data.Common;
using AccountantCluster.LocalNetwork;
using Npgsql;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A real PostgreSQL with an empty database.</summary>
internal sealed class PostgreSqlStore : IStore
{
    private const string Description = """
        SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length, 0) || ' ' || is_nullable
            || ' ' || coalesce(column_default, identity_generation, '')
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1
        """;

    private const string Indexes = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1";

    private const string Constraints =
        "SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0 AND contype IN ('p', 'u') "
        + "AND connamespace = 'public'::regnamespace ORDER BY 1";

    private PostgreSqlStore(PostgreSqlServer server, string connectionString) =>
        (Server, Options) = (server, new StoreOptions.PostgreSql(connectionString));

    /// <summary>What the database is in.</summary>
    public PostgreSqlServer Server { get; }

    /// <inheritdoc cref="IStore.Options"/>
    public StoreOptions.PostgreSql Options { get; }

    StoreOptions IStore.Options => Options;

    public static async Task<PostgreSqlStore> StartAsync()
    {
        var server = await PostgreSqlServer.StartAsync(await Toolchain.EnsureAsync());
        return new PostgreSqlStore(server, await server.CreateDatabaseAsync("accountant"));
    }

    public async Task<DbConnection> OpenJournalAsync()
    {
        var connection = new NpgsqlConnection(Options.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public Task<DbConnection> OpenSnapshotsAsync() => OpenJournalAsync();

    public async Task<IReadOnlyList<string>> DescribeAsync()
    {
        await using var connection = await OpenJournalAsync();
        return
        [
            .. await Sql.ReadAsync(connection, Description),
            .. await Sql.ReadAsync(connection, Constraints),
            .. await Sql.ReadAsync(connection, Indexes),
        ];
    }

    public async Task RunScriptAsync()
    {
        await using var connection = await OpenJournalAsync();
        await Sql.RunScriptAsync(connection, "postgresql.sql");
    }

    public ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        return Server.DisposeAsync();
    }
}
