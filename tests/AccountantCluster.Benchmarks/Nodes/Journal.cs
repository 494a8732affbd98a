using AccountantCluster.Cluster;

namespace AccountantCluster.Benchmarks.Nodes;

/// <summary>Where a measured node keeps its events.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Store">The store; for memory, a folder that stays empty.</param>
/// <param name="Hocon">What makes it so.</param>
internal sealed record Journal(string Name, StoreOptions Store, string Hocon = "")
{
    private const string InMemory = """
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.journal.auto-start-journals = []
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        akka.persistence.snapshot-store.auto-start-snapshot-stores = []
        """;

    public static Journal Memory(string folder) => new("memory", new StoreOptions.Sqlite(folder), InMemory);

    public static Journal Sqlite(string folder) => new("SQLite", new StoreOptions.Sqlite(folder));

    public static Journal PostgreSql(string connectionString) => new("PostgreSQL", new StoreOptions.PostgreSql(connectionString));
}
