using AccountantCluster.TestKit;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.EndToEnd.Tests.Journal;

/// <summary>The node's SQLite files, read with SQL by somebody who is not the node.</summary>
internal sealed class StoredJournal
{
    private StoredJournal(IReadOnlyList<StoredEntity> entities) => Entities = entities;

    /// <summary>All channels.</summary>
    public IReadOnlyList<StoredEntity> Entities { get; }

    /// <summary>Reads everything.</summary>
    public static StoredJournal Read(string storage)
    {
        var events = Query(
            storage, "journal.db", "SELECT persistence_id, sequence_number, manifest, message FROM journal WHERE deleted = 0");
        var snapshots = Query(
            storage, "snapshots.db", "SELECT persistence_id, sequence_number, manifest, snapshot FROM snapshot").ToLookup(row => row.Id);
        return new StoredJournal(
        [
            .. events.GroupBy(row => row.Id).Select(channel => new StoredEntity(
                channel.Key,
                snapshots[channel.Key].Select(row => row.Stored).MaxBy(stored => stored.SequenceNumber),
                [.. channel.Select(row => row.Stored).OrderBy(stored => stored.SequenceNumber)])),
        ]);
    }

    /// <summary>How much is stored: rows, the last number that was given out, and every channel's highest sequence number.</summary>
    public static string Extent(string storage)
    {
        using var connection = Open(storage, "journal.db");
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT 'rows ' || count(*) || ', ordering ' || coalesce(max(ordering), 0) FROM journal"
            + " UNION ALL SELECT * FROM ("
            + "SELECT persistence_id || ' ' || max(sequence_number) FROM journal GROUP BY persistence_id ORDER BY persistence_id)";
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }

    private static List<(string Id, StoredEvent Stored)> Query(string storage, string file, string sql)
    {
        using var connection = Open(storage, file);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<(string, StoredEvent)>();
        while (reader.Read())
            rows.Add((reader.GetString(0), new StoredEvent(reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3))));
        return rows;
    }

    private static SqliteConnection Open(string storage, string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(storage, file),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }
}
