using LinqToDB.Data;

namespace AccountantCluster.Cluster.Tests;

public sealed class StoreSetupTests
{
    [Fact]
    public void Journal_and_snapshots_are_two_files_that_are_flushed_before_anybody_is_answered()
    {
        using var folder = new TemporaryFolder();
        var setup = StoreSetup.Create(new StoreOptions.Sqlite(Path.Combine(folder.Path, "new")));

        (string Plugin, string File)[] stores =
            [("akka.persistence.journal.sql", "journal.db"), ("akka.persistence.snapshot-store.sql", "snapshots.db")];
        foreach (var (plugin, file) in stores)
        {
            Assert.True(setup.TryGetDataOptionsFor(plugin, out var options));
            using var connection = new DataConnection(options!);
            Assert.Equal("wal", connection.Execute<string>("PRAGMA journal_mode"));
            // 2: FULL.
            Assert.Equal(2, connection.Execute<int>("PRAGMA synchronous"));
            Assert.True(File.Exists(Path.Combine(folder.Path, "new", file)));
        }
    }

    [Fact]
    public void A_connection_string_is_never_shown() =>
        Assert.DoesNotContain("secret", new StoreOptions.PostgreSql("Host=db;Password=secret").ToString(), StringComparison.Ordinal);
}
