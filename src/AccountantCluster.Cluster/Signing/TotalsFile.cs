using AccountantCluster.Protocol;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.Cluster;

/// <summary>
/// Opens the file of the signer's memory for one process alone. It says whose it is: a mark of its own, and the accountant whose totals it
/// holds. What is neither that nor empty is left as it was.
/// </summary>
internal static class TotalsFile
{
    // "AcTo" in SQLite's header, as the program whose file it is.
    private const int ApplicationId = 0x4163_546F;

    // A node that is just ending may still hold it.
    private const int LockSeconds = 5;

    private const int Busy = 5;
    private const int NotADatabase = 26;

    /// <summary>An open file with its tables, locked until it is closed or the process ends; whether it was made just now.</summary>
    /// <exception cref="TotalsFileException">It cannot be opened, is in use, or is something else.</exception>
    public static (SqliteConnection Connection, bool IsNew) Open(string path, AccountantDomain domain)
    {
        CreatePrivate(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = LockSeconds,
        }.ToString());
        try
        {
            connection.Open();
            return (connection, Prepare(connection, path, domain));
        }
        catch (SqliteException problem)
        {
            connection.Dispose();
            throw new TotalsFileException(Explain(path, problem), problem);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite would make it as the process' umask says, and its write-ahead log with the same rights.
    private static void CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            CheckRights(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TotalsFileException($"{path} cannot be created: {problem.Message}", problem);
        }
    }

    // A group of the operator's own may share it, as volumes of a container do; whoever else can write it can make a signer forget.
    private static void CheckRights(string path)
    {
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != UnixFileMode.None)
            throw new TotalsFileException($"{path} is open to everybody on this machine: take their rights away (chmod o= {path}).");
    }

    private static bool Prepare(SqliteConnection connection, string path, AccountantDomain domain)
    {
        // The lock is taken with the first transaction and kept until the end: two signers that write one file would not know what the other
        // has signed.
        Execute(connection, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL");
        bool isNew;
        using (var transaction = connection.BeginTransaction(deferred: false))
        {
            isNew = IsEmpty(connection, transaction);
            if (isNew) Create(connection, transaction, domain);
            else Check(connection, transaction, path, domain);
            transaction.Commit();
        }
        Execute(connection, "PRAGMA journal_mode = WAL");
        return isNew;
    }

    private static bool IsEmpty(SqliteConnection connection, SqliteTransaction transaction) =>
        (long)Read(connection, transaction, "SELECT count(*) FROM sqlite_schema")! == 0 && ReadMark(connection, transaction) == 0;

    private static void Create(SqliteConnection connection, SqliteTransaction transaction, AccountantDomain domain)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"""
            PRAGMA application_id = {ApplicationId};
            CREATE TABLE accountant (domain BLOB PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE highest_total (provider BLOB PRIMARY KEY, total BLOB NOT NULL) WITHOUT ROWID;
            INSERT INTO accountant (domain) VALUES ($domain);
            """;
        command.Parameters.AddWithValue("$domain", domain.Separator.ToArray());
        command.ExecuteNonQuery();
    }

    private static void Check(SqliteConnection connection, SqliteTransaction transaction, string path, AccountantDomain domain)
    {
        if (ReadMark(connection, transaction) != ApplicationId)
            throw new TotalsFileException($"{path} is another program's database: name a file of the signer's own.");
        if (Read(connection, transaction, "SELECT domain FROM accountant") is not byte[] bytes || !domain.Separator.ToArray().SequenceEqual(bytes))
        {
            throw new TotalsFileException(
                $"{path} remembers what was signed for another accountant or chain than {domain.VerifyingContract} on chain {domain.ChainId}.");
        }
    }

    private static long ReadMark(SqliteConnection connection, SqliteTransaction transaction) =>
        (long)Read(connection, transaction, "PRAGMA application_id")!;

    private static object? Read(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Explain(string path, SqliteException problem) => problem.SqliteErrorCode switch
    {
        Busy => $"{path} is in use by another process: each node remembers in a file of its own.",
        NotADatabase => $"{path} is no file of a signer's totals.",
        _ => $"{path} cannot be opened: {problem.Message}",
    };
}
