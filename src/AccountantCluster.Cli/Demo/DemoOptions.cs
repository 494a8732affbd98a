namespace AccountantCluster.Cli.Demo;

/// <summary>What the user chooses.</summary>
internal sealed record DemoOptions
{
    /// <summary>How long payments stream.</summary>
    public required TimeSpan Streaming { get; init; }

    /// <summary>What the nodes keep their channels in.</summary>
    public DemoStore Store { get; init; }

    /// <summary>How many nodes; several share a PostgreSQL.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>How many accountants; of two, one vanishes.</summary>
    public int Accountants { get; init; } = 1;

    /// <summary>One line of JSON at the end, and no live display.</summary>
    public bool AsJson { get; init; }

    /// <summary>Leave the demo's folder behind.</summary>
    public bool Keep { get; init; }

    /// <summary>The node's program; the one that was built with this program if null.</summary>
    public FileInfo? Node { get; init; }

    /// <summary>Where a network without the show is served to others; null for the show.</summary>
    public DirectoryInfo? Serve { get; init; }
}
