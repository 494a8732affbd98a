using System.Text.RegularExpressions;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;

namespace AccountantCluster.EndToEnd.Tests.Nodes;

/// <summary>A node that joined a network's first one; whichever process it is, its files and its port stay.</summary>
internal sealed partial class JoinedNode : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(20);

    private readonly DemoFolder _folder;
    private readonly int _number;
    private readonly string _configuration;

    private JoinedNode(DemoFolder folder, int number, string configuration) =>
        (_folder, _number, _configuration) = (folder, number, configuration);

    /// <summary>The process that runs now, or ran last.</summary>
    public NodeProcess Running { get; private set; } = null!;

    /// <summary>
    /// Whether its process has signed a promise: it writes the total down before, in a log beside the file that nobody else can read
    /// meanwhile.
    /// </summary>
    public bool HasSigned => new FileInfo($"{Own("operator.totals")}-wal") is { Exists: true, Length: > 0 };

    /// <summary>Whether its process has said that it answers some of its own batches' messages: their channels live there.</summary>
    public bool KeepsChannels => AnsweredHere().IsMatch(Running.Process.OutputTail);

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

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        Running.Process.Kill();
        await Running.Process.WaitForExitAsync(EndDeadline);
        await Running.DisposeAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Running.DisposeAsync();

    [GeneratedRegex("Offers of the last minute: [1-9][0-9]* %", RegexOptions.NonBacktracking)]
    private static partial Regex AnsweredHere();
}
