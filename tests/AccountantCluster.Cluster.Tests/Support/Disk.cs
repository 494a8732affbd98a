using Akka.Persistence.Sql.Config;
using LinqToDB;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A disk for a node's SQLite files that can be full.</summary>
internal sealed class Disk
{
    // SQLite's own: 2^32 − 2 pages.
    private const long Unlimited = 4_294_967_294;

    private volatile bool _isFull;

    /// <summary>Whether files may grow.</summary>
    public bool IsFull
    {
        get => _isFull;
        set => _isFull = value;
    }

    /// <summary>The node's connections, each told how many pages its file may have whenever it is taken up.</summary>
    public MultiDataOptionsSetup Limit(string folder)
    {
        var setup = StoreSetup.Create(new StoreOptions.Sqlite(folder));
        foreach (var plugin in (string[])["akka.persistence.journal.sql", "akka.persistence.snapshot-store.sql"])
        {
            Assert.True(setup.TryGetDataOptionsFor(plugin, out var options));
            setup.AddDataOptions(plugin, options!.UseAfterConnectionOpened(
                Limit,
                (connection, _) =>
                {
                    Limit(connection);
                    return Task.CompletedTask;
                }));
        }
        return setup;
    }

    private void Limit(System.Data.Common.DbConnection connection)
    {
        using var command = connection.CreateCommand();
        // Fewer pages than there are: no more than there are.
        command.CommandText = $"PRAGMA synchronous = FULL; PRAGMA max_page_count = {(IsFull ? 1 : Unlimited)}";
        command.ExecuteNonQuery();
    }
}
