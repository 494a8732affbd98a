using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace AccountantCluster.Benchmarks.Rows;

/// <summary>What the stores take in when nothing stands before them: rows like the journal's, flushed to the disk.</summary>
internal static class StoreLimits
{
    private const int EventBytes = 330;
    private const int GroupLength = 256;

    public static IEnumerable<Limit> MeasureSqlite(string folder, int transactions)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "raw.db")}");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        Execute(connection, "CREATE TABLE raw (id TEXT NOT NULL, number INTEGER NOT NULL, event BLOB NOT NULL, PRIMARY KEY (id, number))");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO raw VALUES ($id, $number, $event)";
        insert.Parameters.AddWithValue("$id", "consumer-0000000000000000000000000000000000000000");
        var number = insert.Parameters.AddWithValue("$number", 0L);
        insert.Parameters.AddWithValue("$event", new byte[EventBytes]);
        var next = 0L;
        yield return Measure("SQLite, prepared insert: one row per transaction", 1);
        yield return Measure($"SQLite, prepared insert: {GroupLength} rows per transaction", GroupLength);

        Limit Measure(string what, int rows)
        {
            var begin = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < transactions; i++)
            {
                using var transaction = connection.BeginTransaction();
                insert.Transaction = transaction;
                for (var row = 0; row < rows; row++)
                {
                    number.Value = next++;
                    insert.ExecuteNonQuery();
                }
                transaction.Commit();
            }
            return new Limit(what, transactions * rows / TimeProvider.System.GetElapsedTime(begin).TotalSeconds);
        }
    }

    public static IEnumerable<Limit> MeasurePostgreSql(string connectionString, int transactions)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        Execute(connection, "CREATE TABLE raw (id text NOT NULL, number bigint NOT NULL, event bytea NOT NULL, PRIMARY KEY (id, number))");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO raw SELECT * FROM unnest($1, $2, $3)";
        var next = 0L;
        foreach (var rows in (int[])[1, GroupLength])
        {
            var begin = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < transactions; i++)
            {
                insert.Parameters.Clear();
                insert.Parameters.Add(Array("id", NpgsqlDbType.Text, Enumerable.Repeat("consumer-00000000000000000000", rows).ToArray()));
                insert.Parameters.Add(Array("number", NpgsqlDbType.Bigint, Enumerable.Range(0, rows).Select(_ => next++).ToArray()));
                insert.Parameters.Add(Array("event", NpgsqlDbType.Bytea, Enumerable.Repeat(new byte[EventBytes], rows).ToArray()));
                insert.ExecuteNonQuery();
            }
            var elapsed = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
            yield return new Limit(
                $"PostgreSQL, unnest insert: {rows} row(s) per transaction, one connection", transactions * rows / elapsed);
        }
    }

    private static NpgsqlParameter Array(string name, NpgsqlDbType type, object values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values, SourceColumn = name };

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
