namespace AccountantCluster.Cli.Demo;

/// <summary>What the demo's node keeps its channels in.</summary>
internal enum DemoStore
{
    /// <summary>Files.</summary>
    Sqlite,

    /// <summary>A PostgreSQL of the demo's own.</summary>
    Postgres,
}
