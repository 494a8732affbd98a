using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>The demo's nodes, which are one cluster, and a connection to each.</summary>
internal sealed class DemoNodes : IAsyncDisposable
{
    private static readonly TimeSpan KillDeadline = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<NodeProcess> _nodes;
    private readonly IReadOnlyList<AccountantApi> _apis;

    private DemoNodes(IReadOnlyList<NodeProcess> nodes, AccountantProfile profile)
    {
        _nodes = nodes;
        _apis = [.. nodes.Select(node => new AccountantApi(node.Endpoint, profile))];
    }

    /// <summary>The connection to one of them.</summary>
    /// <param name="number">Any number: whoever counts on comes to the next node.</param>
    public AccountantApi Api(int number = 0) => _apis[number % _apis.Count];

    /// <summary>The gRPC address of the first.</summary>
    public Uri Endpoint() => _nodes[0].Endpoint;

    /// <summary>Starts them side by side, and waits until all of them take calls.</summary>
    /// <param name="count">How many.</param>
    /// <param name="folder">Where their files go.</param>
    /// <param name="chain">Where their accountant is.</param>
    /// <param name="program">The node's dll; the one beside this program if null.</param>
    /// <param name="database">Connection string of the PostgreSQL database that they share; null for one with SQLite files.</param>
    /// <param name="tell">Hears of each node.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<DemoNodes> StartAsync(
        int count,
        DemoFolder folder,
        DemoChain chain,
        FileInfo? program,
        string? database,
        Action<string> tell,
        CancellationToken cancellation)
    {
        var starting = Enumerable.Range(1, count)
            .Select(number => NodeFiles.Write(folder, chain, new NodeTold
            {
                Database = database,
                Number = count == 1 ? null : number,
                // The operator's key is in one place: the first node signs, and settles with it.
                Roles = number == 1 ? null : ["edge", "channels"],
                PaysProviders = true,
            }))
            .ToArray()
            .Select(configuration => NodeProcess.StartAsync(configuration, folder, program, cancellation))
            .ToArray();
        try
        {
            var nodes = await Task.WhenAll(starting);
            foreach (var node in nodes) tell($"Started a node at {node.Endpoint}, process {node.Id}.");
            return new DemoNodes(nodes, chain.Profile);
        }
        catch
        {
            foreach (var node in starting)
            {
                if (node.IsCompletedSuccessfully) await (await node).DisposeAsync();
            }
            throw;
        }
    }

    /// <summary>Fails where one of them has ended by itself.</summary>
    /// <exception cref="DemoFailedException">It has.</exception>
    public void MustRun()
    {
        foreach (var node in _nodes) node.MustRun();
    }

    /// <summary>SIGKILL for all of them: they have no chance to do anything.</summary>
    public async Task VanishAsync(CancellationToken cancellation)
    {
        foreach (var node in _nodes) node.Process.Kill();
        foreach (var node in _nodes) await node.Process.WaitForExitAsync(KillDeadline, cancellation);
    }

    /// <summary>Stops all of them at once.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var api in _apis) api.Dispose();
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));
    }
}
