using Microsoft.Data.Sqlite;
using Npgsql;

namespace AccountantCluster.Cluster;

/// <summary>Tells a number that is taken from whatever else can be wrong with a write.</summary>
internal static class UniqueViolation
{
    // SQLite's extended result codes, of a unique index and of a primary key.
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;

    /// <summary>Whether a write failed because the database holds such a row already; the plugin wraps what the driver says.</summary>
    public static bool Is(Exception problem) => problem switch
    {
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteUnique or SqlitePrimaryKey,
        AggregateException several => several.InnerExceptions.Any(Is),
        _ => problem.InnerException is { } inner && Is(inner),
    };
}
