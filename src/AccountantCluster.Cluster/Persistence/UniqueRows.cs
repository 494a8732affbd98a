using System.Net.Sockets;
using Npgsql;

namespace AccountantCluster.Cluster;

/// <summary>
/// That a PostgreSQL database itself refuses a second row of the same channel and number. Tables of nodes that did not name the kind of
/// database to the persistence plugin were made without any index, and a table that exists is left as it is: two writers could then store
/// two events as one.
/// </summary>
internal static class UniqueRows
{
    // Any number that nothing else in the database uses: of several nodes that start at once, one looks and repairs.
    private const long StartLock = 0x0ACC_0017_A217;

    private static readonly (string Table, string Constraint)[] Tables =
        [("journal", "journal_uq UNIQUE"), ("snapshot", "\"PK_snapshot\" PRIMARY KEY")];

    /// <summary>Looks at the tables that exist, and makes what is missing where the node may.</summary>
    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <param name="mayCreate">Whether the node may change tables.</param>
    /// <exception cref="StoreUnusableException">It is missing and may or can not be made, or the database cannot be reached or
    /// written.</exception>
    public static void Ensure(string connectionString, bool mayCreate)
    {
        try
        {
            using var connection = new NpgsqlConnection(connectionString);
            connection.Open();
            using var transaction = connection.BeginTransaction();
            if (IsReadOnly(connection))
                throw new StoreUnusableException("The PostgreSQL database cannot be used: nobody can write to it, as on a standby.");
            Execute(connection, $"SELECT pg_advisory_xact_lock({StartLock})");
            foreach (var (table, constraint) in Tables)
            {
                if (IsUnique(connection, table)) continue;
                var repair = $"ALTER TABLE {table} ADD CONSTRAINT {constraint} (persistence_id, sequence_number)";
                if (!mayCreate) throw new StoreUnusableException($"{Missing(table)} Add it: {repair}.");
                Add(connection, table, repair);
            }
            transaction.Commit();
        }
        catch (Exception problem) when (problem is NpgsqlException or SocketException or TimeoutException)
        {
            throw new StoreUnusableException($"The PostgreSQL database cannot be used: {problem.Message.ReplaceLineEndings(" ")}", problem);
        }
    }

    private static bool IsReadOnly(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT current_setting('transaction_read_only')::boolean", connection);
        return (bool)command.ExecuteScalar()!;
    }

    // Also where there is no such table: then it is made as it should be.
    private static bool IsUnique(NpgsqlConnection connection, string table)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT to_regclass($1) IS NULL OR EXISTS (
                SELECT FROM pg_index
                WHERE indrelid = to_regclass($1) AND indisunique AND indisvalid AND indpred IS NULL AND indnkeyatts = 2
                    AND (SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute
                        WHERE attrelid = indrelid AND attnum = ANY (indkey::smallint[])) = ARRAY['persistence_id', 'sequence_number'])
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = table });
        return (bool)command.ExecuteScalar()!;
    }

    private static void Add(NpgsqlConnection connection, string table, string repair)
    {
        try
        {
            Execute(connection, repair);
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new StoreUnusableException(
                $"{Missing(table)} It cannot be added, as there are such rows: two writers stored different things under one number."
                + " Which of them stands is for a person to decide:"
                + $" SELECT persistence_id, sequence_number FROM {table} GROUP BY 1, 2 HAVING count(*) > 1.",
                problem);
        }
    }

    private static string Missing(string table) =>
        $"The table {table} has no constraint that keeps two rows of the same persistence_id and sequence_number apart.";

    private static void Execute(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Constants of this file.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
