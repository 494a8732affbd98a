using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.Cluster.Tests;

/// <summary>SQLite files in a temporary folder.</summary>
internal sealed class SqliteStore : IStore
{
    private const string Columns =
        "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk "
        + "FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name = $table ORDER BY c.cid";

    private const string Indexes =
        "SELECT m.name || '.' || i.name || ' ' || i.\"unique\" || ' ' || group_concat(c.name) "
        + "FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c "
        + "WHERE m.type = 'table' AND m.name = $table GROUP BY i.name ORDER BY i.name";

    private readonly TemporaryFolder _folder = new();

    public StoreOptions Options => new StoreOptions.Sqlite(_folder.Path);

    public Task<DbConnection> OpenJournalAsync() => OpenAsync("journal.db");

    public Task<DbConnection> OpenSnapshotsAsync() => OpenAsync("snapshots.db");

    public async Task<IReadOnlyList<string>> DescribeAsync()
    {
        await using var journal = await OpenJournalAsync();
        await using var snapshots = await OpenSnapshotsAsync();
        return
        [
            .. await Sql.ReadAsync(journal, Columns, ("$table", "journal")),
            .. await Sql.ReadAsync(journal, Indexes, ("$table", "journal")),
            .. await Sql.ReadAsync(snapshots, Columns, ("$table", "snapshot")),
            .. await Sql.ReadAsync(snapshots, Indexes, ("$table", "snapshot")),
        ];
    }

    public async Task RunScriptAsync()
    {
        await using var journal = await OpenJournalAsync();
        await using var snapshots = await OpenSnapshotsAsync();
        await Sql.RunScriptAsync(journal, "sqlite.sql");
        await Sql.RunScriptAsync(snapshots, "sqlite.sql");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<DbConnection> OpenAsync(string file)
    {
        var path = Path.Combine(_folder.Path, file);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
