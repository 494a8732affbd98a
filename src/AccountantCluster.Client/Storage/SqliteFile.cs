using System.Globalization;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.Client.Storage;

/// <summary>
/// One SQLite file of one identity towards one accountant, held by one process at a time: a second one would sign or publish what the first
/// does not know of. Not safe for concurrent use.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly SqliteConnection _connection;

    private SqliteFile(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file, or creates it.</summary>
    /// <exception cref="StoreException">It is in use, of another version, or somebody else's.</exception>
    public static SqliteFile Open(string path, string schema, string owner, StoreDurability durability)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 };
        var connection = new SqliteConnection(settings.ToString());
        var file = new SqliteFile(connection);
        try
        {
            connection.Open();
            // Exclusive: the file is locked from the first write until it is closed.
            file.Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;");
            file.Execute(durability == StoreDurability.PowerLoss ? "PRAGMA synchronous = FULL;" : "PRAGMA synchronous = NORMAL;");
            file.Write(() =>
            {
                file.Execute("CREATE TABLE IF NOT EXISTS owner (name TEXT NOT NULL) STRICT;");
                file.Execute(schema);
                if (file.Query("SELECT name FROM owner", row => row.GetString(0)) is [var name, ..])
                {
                    if (name != owner) throw new StoreException($"The store belongs to {name}, not to {owner}.");
                }
                else
                {
                    file.Execute("INSERT INTO owner (name) VALUES ($0)", owner);
                }
            });
            return file;
        }
        catch (SqliteException problem)
        {
            file.Dispose();
            throw new StoreException("The store cannot be opened; another process may have it.", problem);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The name of a store's owner: a role of an identity towards an accountant on a chain.</summary>
    public static string OwnerName(string role, Address identity, AccountantProfile profile) =>
        $"{role} {identity} of accountant {profile.Accountant} on chain {profile.ChainId}";

    /// <summary>Makes everything that <paramref name="work"/> executes durable at once, or nothing of it.</summary>
    public void Write(Action work)
    {
        using var transaction = _connection.BeginTransaction();
        work();
        transaction.Commit();
    }

    /// <summary>Runs a statement with the parameters $0, $1, …</summary>
    public void Execute(string sql, params ReadOnlySpan<object> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>All rows of a query.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = Command(sql, []);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public void Dispose() => _connection.Dispose();

    private SqliteCommand Command(string sql, ReadOnlySpan<object> parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this assembly; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters.AddWithValue("$" + i.ToString(CultureInfo.InvariantCulture), parameters[i]);
        return command;
    }
}
