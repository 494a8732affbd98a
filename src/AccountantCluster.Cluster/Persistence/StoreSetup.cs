using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.PostgreSQL;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AccountantCluster.Cluster;

/// <summary>Connects Akka.Persistence.Sql with the store. In code, not in HOCON, so that no secret stands in the settings.</summary>
internal static class StoreSetup
{
    /// <summary>The journal's path in the settings.</summary>
    public const string JournalPlugin = "akka.persistence.journal.sql";

    private const string SnapshotPlugin = "akka.persistence.snapshot-store.sql";
    private const string PostgreSql = ProviderName.PostgreSQL15;
    private const string Sqlite = ProviderName.SQLiteMS;

    // Two settings have to be the same on every connection: nothing is answered before the disk has it, however the library was compiled.
    private const string Durable = "PRAGMA synchronous = FULL";

    // Readers go on while one writes; a property of the file.
    private const string WriteAhead = "PRAGMA journal_mode = WAL";

    /// <summary>
    /// What kind of database it is. The connections alone do not tell the plugin, and then it makes its tables without any index: each
    /// recovery reads the whole journal, and nothing keeps two writers from storing the same number twice.
    /// </summary>
    public static Config Settings(StoreOptions store)
    {
        var provider = store is StoreOptions.PostgreSql ? PostgreSql : Sqlite;
        var creates = store.CreatesTables ? "on" : "off";
        string Of(string plugin) => $"{plugin} {{ provider-name = {provider}, auto-initialize = {creates} }}\n";
        return Of(JournalPlugin) + Of(SnapshotPlugin);
    }

    /// <summary>The journal's connections, as a node that runs has them.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static DataOptions JournalOf(ActorSystem system) => ConnectionsOf(system, JournalPlugin);

    /// <summary>The snapshots' connections, as a node that runs has them.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static DataOptions SnapshotsOf(ActorSystem system) => ConnectionsOf(system, SnapshotPlugin);

    /// <summary>Whether other nodes may use the database too.</summary>
    public static bool IsShared(DataOptions options) =>
        options.ConnectionOptions.ProviderName?.StartsWith(ProviderName.PostgreSQL, StringComparison.Ordinal) == true;

    /// <summary>Takes the store for this process alone, before anything opens it; null where nodes share one.</summary>
    /// <exception cref="StoreUnusableException">Another process has it, or it cannot be had.</exception>
    public static StoreLock? Lock(StoreOptions store)
    {
        if (store is not StoreOptions.Sqlite { Directory: var directory }) return null;
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnusableException($"{directory} cannot be created: {problem.Message}", problem);
        }
        return StoreLock.Take(directory);
    }

    /// <summary>The connections, opened once to see that they work.</summary>
    /// <exception cref="StoreUnusableException">SQLite's files cannot be opened; or a PostgreSQL database cannot be reached or written, or
    /// two writers could store the same number in it.</exception>
    public static MultiDataOptionsSetup Create(StoreOptions store)
    {
        var setup = new MultiDataOptionsSetup();
        switch (store)
        {
            case StoreOptions.Sqlite sqlite:
                AddFiles(setup, sqlite.Directory);
                return setup;
            case StoreOptions.PostgreSql postgres:
                var connectionString = WithinLimit(postgres.ConnectionString);
                UniqueRows.Ensure(connectionString, postgres.CreatesTables);
                var options = new DataOptions()
                    .UseConnectionString(PostgreSql, connectionString)
                    // COPY instead of INSERT: twice the events per second, together with max-row-by-row-size (persistence.conf).
                    .WithOptions(PostgreSQLOptions.Default with { BulkCopyType = BulkCopyType.ProviderSpecific });
                setup.AddDataOptions(JournalPlugin, options);
                setup.AddDataOptions(SnapshotPlugin, options);
                return setup;
            default:
                throw new ArgumentOutOfRangeException(nameof(store), store, "Not a store.");
        }
    }

    private static DataOptions ConnectionsOf(ActorSystem system, string plugin) =>
        system.Settings.Setup.Get<MultiDataOptionsSetup>().Value.TryGetDataOptionsFor(plugin, out var options) && options is not null
            ? options
            : throw new InvalidOperationException($"There are no connections for {plugin}.");

    private static void AddFiles(MultiDataOptionsSetup setup, string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            setup.AddDataOptions(JournalPlugin, OpenSqlite(Path.Combine(directory, "journal.db")));
            setup.AddDataOptions(SnapshotPlugin, OpenSqlite(Path.Combine(directory, "snapshots.db")));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StoreUnusableException($"SQLite's files in {directory} cannot be used: {problem.Message}", problem);
        }
    }

    // Journal and snapshots share one pool, because they have one connection string.
    private static string WithinLimit(string connectionString)
    {
        var builder = Parse(connectionString);
        builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, ClusterLimits.DatabaseConnections);
        builder.MinPoolSize = Math.Min(builder.MinPoolSize, builder.MaxPoolSize);
        return builder.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            if (!string.IsNullOrEmpty(builder.Host)) return builder;
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or OverflowException)
        {
            // What the library says of it can be a part of a password.
        }
        throw new StoreUnusableException("The connection string of the PostgreSQL database is none that Npgsql reads, or names no Host.");
    }

    private static DataOptions OpenSqlite(string path)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true }.ToString();
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        Execute(connection, WriteAhead);
        return new DataOptions()
            .UseConnectionString(Sqlite, connectionString)
            .UseAfterConnectionOpened(
                opened => Execute(opened, Durable),
                (opened, _) =>
                {
                    Execute(opened, Durable);
                    return Task.CompletedTask;
                });
    }

    private static void Execute(System.Data.Common.DbConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = pragma;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
