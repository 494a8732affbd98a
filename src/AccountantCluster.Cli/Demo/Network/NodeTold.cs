using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>
/// What a node is told besides where its accountant is. The defaults are a demo's: a node that is alone, does everything and soon.
/// </summary>
internal sealed record NodeTold
{
    /// <summary>Address and port of the gRPC edge; port 0 takes any.</summary>
    public string Listen { get; init; } = "127.0.0.1:0";

    /// <summary>Connection string of a PostgreSQL database; SQLite files in the folder if null.</summary>
    public string? Database { get; init; }

    /// <summary>Whether it makes its tables where they are missing.</summary>
    public bool CreatesTables { get; init; } = true;

    /// <summary>Folder with what <c>accountant certificates</c> made; plain text if null.</summary>
    public string? Certificates { get; init; }

    /// <summary>Which of several nodes in one folder it is, each with files of its own; null: it has the folder to itself.</summary>
    public int? Number { get; init; }

    /// <summary>What it does; everything if null.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Port that it listens on for other nodes; 0 takes any.</summary>
    public int Port { get; init; }

    /// <summary>Port that it tells them, where it is another one.</summary>
    public int? PublicPort { get; init; }

    /// <summary>The key that sends its transactions; the operator's if null, where it signs.</summary>
    public PrivateKey? SendingKey { get; init; }

    /// <summary>Seconds between two looks at the chain.</summary>
    public double ObserveSeconds { get; init; } = 0.5;

    /// <summary>
    /// Seconds between two rounds: long enough that a provider settles from its own balance before the first one, short enough to see
    /// several.
    /// </summary>
    public double SettleSeconds { get; init; } = 5;

    /// <summary>A consumer promise is collected once it brings this much, in token base units.</summary>
    public Amount MinimumCollected { get; init; } = new(1);

    /// <summary>Whether it pays providers by itself, as far as it is an operator who sends.</summary>
    public bool PaysProviders { get; init; }

    /// <summary>The most that a consumer may promise before its registration is mined, in token base units; null: nothing.</summary>
    public Amount? OpeningLimit { get; init; }

    /// <summary>Whether it sends the registrations that it holds.</summary>
    public bool RegistersOpenings { get; init; }

    /// <summary>Rounds from one that asks all channels, and adds the books up, to the next: often enough to see it.</summary>
    public int RoundsPerFullRound { get; init; } = 4;

    /// <summary>Seconds after which a channel without news is told again what the chain says.</summary>
    public int ReminderSeconds { get; init; } = 10;
}
