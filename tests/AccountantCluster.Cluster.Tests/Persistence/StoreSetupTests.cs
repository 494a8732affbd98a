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

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=accountant;Password=hunter2;Database=accountant")]
    [InlineData("Host=nowhere.invalid;Username=accountant;Password=hunter2;Database=accountant")]
    [InlineData("Host=127.0.0.1;Port=hunter2")]
    [InlineData("Host=127.0.0.1;Password=any;hunter2=any")]
    [InlineData("hunter2")]
    [InlineData("")]
    public void A_database_that_cannot_be_reached_is_said_in_one_line_without_its_secret(string connectionString)
    {
        var problem = Assert.Throws<StoreUnusableException>(() => StoreSetup.Create(new StoreOptions.PostgreSql(connectionString)));
        Assert.Single(problem.Message.Split('\n'));
        Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_opened_are_named()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "no folder");
        var problem = Assert.Throws<StoreUnusableException>(() => StoreSetup.Create(new StoreOptions.Sqlite(file)));
        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(folder.Path, "journal.db"));
        Assert.Throws<StoreUnusableException>(() => StoreSetup.Create(new StoreOptions.Sqlite(folder.Path)));
    }
}
