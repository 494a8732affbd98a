namespace AccountantCluster.Cluster;

/// <summary>Where channels are kept: a closed set.</summary>
public abstract record StoreOptions
{
    private StoreOptions()
    {
    }

    /// <summary>
    /// Whether a node makes its tables where they are missing. Off: somebody has run the script of <c>deploy/schema</c>, and the node's
    /// user need not be allowed to.
    /// </summary>
    public bool CreatesTables { get; init; } = true;

    /// <summary>Two files beside each other. Both hold money: one without the other cannot be recovered. For a single node.</summary>
    /// <param name="Directory">Where the files are; created where it does not exist. One process has it at a time.</param>
    public sealed record Sqlite(string Directory) : StoreOptions;

    /// <summary>A PostgreSQL database, for any number of nodes.</summary>
    /// <param name="ConnectionString">As Npgsql reads it. Holds a secret.</param>
    public sealed record PostgreSql(string ConnectionString) : StoreOptions
    {
        /// <summary>Names the kind of store, never the connection.</summary>
        public override string ToString() => nameof(PostgreSql);
    }
}
