using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Reads and damages the SQLite files of a node with SQL, past the node.</summary>
internal sealed class StoreFiles(string folder)
{
    public string Snapshots => Path.Combine(folder, "snapshots.db");

    private string Journal => Path.Combine(folder, "journal.db");

    public static string PersistenceIdOf(TestConsumer consumer) => "consumer-" + consumer.Channel.ToString()[2..];

    public static string PersistenceIdOf(TestProvider provider) => "provider-" + provider.Identity.ToString()[2..];

    public IReadOnlyList<ConsumerChannelEvent> EventsOf(TestConsumer consumer, string table = "journal") =>
        [.. Read(table, PersistenceIdOf(consumer)).Select(row => (ConsumerChannelEvent)row.Event)];

    public IReadOnlyList<ProviderChannelEvent> EventsOf(TestProvider provider, string table = "journal") =>
        [.. Read(table, PersistenceIdOf(provider)).Select(row => (ProviderChannelEvent)row.Event)];

    /// <summary>Every event that is in the journal, oldest first, with its sequence number.</summary>
    public IReadOnlyList<(long Number, object Event)> Read(string table, string persistenceId) => Query(
        Journal,
        $"SELECT sequence_number, manifest, message FROM {table} WHERE persistence_id = $id AND deleted = 0 ORDER BY sequence_number",
        persistenceId);

    /// <summary>Every snapshot of a channel, oldest first, with its sequence number.</summary>
    public IReadOnlyList<(long Number, object State)> ReadSnapshots(string persistenceId) => Query(
        Snapshots,
        "SELECT sequence_number, manifest, snapshot FROM snapshot WHERE persistence_id = $id ORDER BY sequence_number",
        persistenceId);

    /// <summary>From now on the journal takes no event of a channel.</summary>
    public void RefuseWritesOf(string persistenceId) => Execute(
        $"CREATE TRIGGER refuse BEFORE INSERT ON journal WHEN NEW.persistence_id = '{persistenceId}' "
        + "BEGIN SELECT RAISE(ABORT, 'refused'); END");

    public void AllowWrites() => Execute("DROP TRIGGER refuse");

    /// <summary>Waits until the node has made the journal's table.</summary>
    public async Task ExistAsync() => await Eventually.BecomesAsync(() => Task.FromResult(Tables()), tables => tables == 1);

    /// <summary>From now on a copy of every event is kept in a table that nothing deletes from.</summary>
    public void KeepArchive()
    {
        Execute("CREATE TABLE archive AS SELECT * FROM journal");
        Execute("CREATE INDEX archive_by_channel ON archive (persistence_id)");
        Execute(
            "CREATE TRIGGER keep AFTER INSERT ON journal "
            + "BEGIN INSERT INTO archive SELECT * FROM journal WHERE ordering = NEW.ordering; END");
    }

    public void Execute(string sql)
    {
        using var connection = Open(Journal);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Tables()
    {
        using var connection = Open(Journal);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'journal'";
        return (long)command.ExecuteScalar()!;
    }

    private static List<(long, object)> Query(string path, string sql, string persistenceId)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", persistenceId);
        using var reader = command.ExecuteReader();
        var rows = new List<(long, object)>();
        while (reader.Read())
            rows.Add((reader.GetInt64(0), MessageFormats.Of(reader.GetString(1)).Read(reader.GetFieldValue<byte[]>(2))));
        return rows;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
