using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Protocol;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.EndToEnd.Tests.Nodes;

/// <summary>A node that joined a network's first one; whichever process it is, its files and its port stay.</summary>
internal sealed class JoinedNode : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(4);

    private readonly DemoFolder _folder;
    private readonly int _number;
    private readonly string _configuration;

    private JoinedNode(DemoFolder folder, int number, string configuration) =>
        (_folder, _number, _configuration) = (folder, number, configuration);

    /// <summary>The process that runs now, or ran last.</summary>
    public NodeProcess Running { get; private set; } = null!;

    /// <summary>
    /// Whether its process has signed a promise, which a node does for the providers whose channels live on it: it writes the total down
    /// before, in a log beside the file that nobody else can read meanwhile.
    /// </summary>
    public bool HasSigned => new FileInfo($"{Totals}-wal") is { Exists: true, Length: > 0 };

    private string Totals => Own("operator.totals");

    /// <summary>Starts it for the first time.</summary>
    public static async Task<JoinedNode> StartAsync(DemoFolder folder, int number, string configuration)
    {
        var node = new JoinedNode(folder, number, configuration);
        await node.StartAsync();
        return node;
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        Running = await NodeProcess.StartAsync(_configuration, _folder, program: null, deadline.Token);
    }

    /// <summary>One of its files.</summary>
    public string Own(string name) => _folder.File($"{_number}-{name}");

    /// <summary>Providers for whom it has signed, once its process has ended.</summary>
    public async Task<IReadOnlyList<Address>> ReadSignedAsync()
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Totals, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT provider FROM highest_total";
        await using var reader = await command.ExecuteReaderAsync();
        var providers = new List<Address>();
        while (await reader.ReadAsync()) providers.Add(new Address(reader.GetFieldValue<byte[]>(0)));
        return providers;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
