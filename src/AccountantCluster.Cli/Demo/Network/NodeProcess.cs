using System.Runtime.InteropServices;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>A real node in a process of its own, told everything by one file, as an operator does.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private const string ReadyPrefix = "ready: ";
    private const string EdgePrefix = "grpc ";

    // It takes some seconds; a busy machine may need much longer.
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);

    // It stops its shards in order; whoever interrupts the demo does not wait longer.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(15);

    private readonly ManagedProcess _process;
    private readonly Uri? _endpoint;

    private NodeProcess(ManagedProcess process, Uri? endpoint) => (_process, _endpoint) = (process, endpoint);

    /// <summary>The gRPC address of a node with an edge.</summary>
    public Uri Endpoint => _endpoint ?? throw new InvalidOperationException("The node has no edge.");

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>The process itself, with the node's log as its output.</summary>
    public ManagedProcess Process => _process;

    /// <summary>
    /// Starts a node with what <see cref="NodeFiles"/> wrote, on the same storage where one ran before, and waits until it is ready.
    /// </summary>
    /// <param name="configuration">Path of the configuration.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="program">The node's dll; the one beside this program if null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<NodeProcess> StartAsync(
        string configuration, DemoFolder folder, FileInfo? program, CancellationToken cancellation)
    {
        var process = ManagedProcess.Start(CommandFor(configuration, folder, program));
        try
        {
            var line = await process.WaitForLineAsync(
                text => text.StartsWith(ReadyPrefix, StringComparison.Ordinal), StartDeadline, cancellation);
            var said = line[ReadyPrefix.Length..];
            var endpoint = said.StartsWith(EdgePrefix, StringComparison.Ordinal) ? new Uri(said[EdgePrefix.Length..].Trim()) : null;
            return new NodeProcess(process, endpoint);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>What starts a node.</summary>
    /// <inheritdoc cref="StartAsync"/>
    public static ProcessCommand CommandFor(string configuration, DemoFolder folder, FileInfo? program)
    {
        var dll = program?.FullName ?? Path.Combine(AppContext.BaseDirectory, "AccountantCluster.Node.dll");
        if (!File.Exists(dll)) throw new CommandFailedException($"The node's program {dll} does not exist: build the solution.");
        return new ProcessCommand(DotnetHost(), dll, "--config", configuration)
        {
            WorkingDirectory = folder.Path,
            OutputFile = Path.ChangeExtension(configuration, ".log"),
        };
    }

    /// <summary>Fails where the node has ended by itself.</summary>
    /// <exception cref="DemoFailedException">It has.</exception>
    public void MustRun()
    {
        if (_process.HasExited)
            throw new DemoFailedException($"The node ended by itself with exit code {_process.ExitCode}:\n{_process.OutputTail}");
    }

    /// <summary>Stops the node politely, and at once where it does not follow. Its output stays in the demo's folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(StopGrace);
        await _process.DisposeAsync();
    }

    // The host that runs this program runs the node too, whatever PATH says.
    private static string DotnetHost()
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(host) ? host : "dotnet";
    }
}
