using Microsoft.Data.Sqlite;

namespace AccountantCluster.EndToEnd.Tests.Settlement;

/// <summary>What the node's journal says of the transactions that it ordered.</summary>
internal sealed class LaneJournal(string storage)
{
    /// <summary>Events of the lane so far.</summary>
    public long Events => Count("SELECT coalesce(max(sequence_number), 0) FROM journal WHERE persistence_id LIKE 'lane-%'");

    /// <summary>Transactions that it ordered, replacements not counted.</summary>
    public long Placed => Count("SELECT count(*) FROM journal WHERE persistence_id LIKE 'lane-%' AND manifest = 'le-placed-1'");

    private long Count(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(storage, "journal.db"),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
