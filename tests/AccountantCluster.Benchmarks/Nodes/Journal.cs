using AccountantCluster.Cluster;

namespace AccountantCluster.Benchmarks.Nodes;

/// <summary>Where a measured node keeps its events.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Store">The store.</param>
internal sealed record Journal(string Name, StoreOptions Store)
{
    /// <summary>Name of SQLite where no disk is waited for.</summary>
    public const string InMemory = "SQLite in memory";

    /// <summary>Folder of Linux whose files are in memory.</summary>
    public const string MemoryFolder = "/dev/shm";

    public static Journal Memory(string folder) => new(InMemory, new StoreOptions.Sqlite(folder));

    public static Journal Sqlite(string folder) => new("SQLite", new StoreOptions.Sqlite(folder));

    public static Journal PostgreSql(string connectionString) => new("PostgreSQL", new StoreOptions.PostgreSql(connectionString));
}
