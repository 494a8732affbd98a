using System.Data.Common;
using System.Globalization;
using AccountantCluster.Chain;
using AccountantCluster.Cluster;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AccountantCluster.EndToEnd.Tests.Settlement;

/// <summary>What the nodes' journal says of the transactions that they ordered.</summary>
/// <param name="connect">Makes a connection, which is not open yet.</param>
internal sealed class LaneJournal(Func<DbConnection> connect)
{
    /// <summary>In SQLite's files.</summary>
    public static LaneJournal Of(string storage) => new(() => new SqliteConnection(new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(storage, "journal.db"),
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
    }.ToString()));

    /// <summary>In PostgreSQL.</summary>
    public static LaneJournal Of(NpgsqlConnectionStringBuilder database) => new(() => new NpgsqlConnection(database.ToString()));

    /// <summary>Events of the lane so far.</summary>
    public Task<long> CountEventsAsync() =>
        CountAsync("SELECT coalesce(max(sequence_number), 0) FROM journal WHERE persistence_id LIKE 'lane-%'");

    /// <summary>All that happened in it, in order.</summary>
    public async Task<IReadOnlyList<LaneEvent>> ReadAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT manifest, message FROM journal WHERE persistence_id LIKE 'lane-%' ORDER BY sequence_number";
        await using var rows = await command.ExecuteReaderAsync();
        var events = new List<LaneEvent>();
        while (await rows.ReadAsync()) events.Add((LaneEvent)MessageFormats.Of(rows.GetString(0)).Read(rows.GetFieldValue<byte[]>(1)));
        return events;
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task<DbConnection> OpenAsync()
    {
        var connection = connect();
        await connection.OpenAsync();
        return connection;
    }
}
