using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AccountantCluster.Chain;
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

    /// <summary>Starts a node and waits until it takes calls.</summary>
    /// <param name="folder">Where its files go.</param>
    /// <param name="chain">Where its accountant is.</param>
    /// <param name="program">The node's dll; the one beside this program if null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="database">Connection string of a PostgreSQL database; SQLite files in the folder if null.</param>
    public static Task<NodeProcess> StartAsync(
        DemoFolder folder, DemoChain chain, FileInfo? program, CancellationToken cancellation, string? database = null) =>
        StartAsync(WriteConfiguration(folder, chain, "127.0.0.1:0", database), folder, program, cancellation);

    /// <summary>
    /// Starts a node with the file that <see cref="WriteConfiguration"/> wrote: on the same storage where one ran before.
    /// </summary>
    /// <inheritdoc cref="StartAsync(DemoFolder, DemoChain, FileInfo?, CancellationToken, string?)"/>
    public static async Task<NodeProcess> StartAsync(
        string configuration, DemoFolder folder, FileInfo? program, CancellationToken cancellation)
    {
        var dll = program?.FullName ?? Path.Combine(AppContext.BaseDirectory, "AccountantCluster.Node.dll");
        if (!File.Exists(dll)) throw new CommandFailedException($"The node's program {dll} does not exist: build the solution.");
        var command = new ProcessCommand(DotnetHost(), dll, "--config", configuration)
        {
            WorkingDirectory = folder.Path,
            OutputFile = Path.ChangeExtension(configuration, ".log"),
        };
        var process = ManagedProcess.Start(command);
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

    /// <summary>Writes what a node is told, and the operator's key. Returns the path of the configuration.</summary>
    /// <param name="folder">Where the files go; once per folder.</param>
    /// <param name="chain">Where the accountant is.</param>
    /// <param name="listen">Address and port of the gRPC edge; port 0 takes any.</param>
    /// <param name="database">Connection string of a PostgreSQL database; SQLite files in the folder if null.</param>
    /// <param name="certificates">Folder with what <c>accountant certificates</c> made; plain text if null.</param>
    /// <param name="number">Which of several nodes of one cluster it is, each with files of its own; null: it is alone.</param>
    /// <param name="roles">What it does; everything if null.</param>
    public static string WriteConfiguration(
        DemoFolder folder,
        DemoChain chain,
        string listen,
        string? database = null,
        string? certificates = null,
        int? number = null,
        IReadOnlyList<string>? roles = null)
    {
        string Own(string name) => folder.File(number is null ? name : $"{number}-{name}");
        // The keystore is the demo's own and worthless: a light one, opened in milliseconds.
        var password = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        var (keystore, passwordFile, path) = (Own("operator.json"), Own("operator.password"), Own("node.json"));
        PrivateFiles.WriteNew(keystore, Encoding.UTF8.GetBytes(Keystore.Write(chain.Operator, password, KeystoreStrength.Light)));
        PrivateFiles.WriteNew(passwordFile, password);
        var configuration = new
        {
            chain = new
            {
                rpc = chain.Endpoint,
                registry = chain.Profile.Registry.ToString(),
                accountant = chain.Profile.Accountant.ToString(),
                confirmations = 1,
                observeSeconds = 0.5,
            },
            @operator = new { keystore, passwordFile, totalsFile = Own("operator.totals") },
            storage = WriteStorage(folder, Own("database.connection"), database),
            cluster = new { roles },
            edge = new
            {
                listen,
                certificateFile = certificates is null ? null : Path.Combine(certificates, "node.crt"),
                keyFile = certificates is null ? null : Path.Combine(certificates, "node.key"),
            },
            policy = new { exposureLimit = DemoScale.ExposureLimit.ToString() },
            // Long enough that a provider settles from its own balance before the first round, short enough to see several.
            // Each round asks all channels: with several nodes most of them are elsewhere.
            settlement = new { intervalSeconds = 5, minimumCollected = "1", reminderSeconds = 10, roundsPerFullRound = 1 },
        };
        PrivateFiles.WriteNew(path, JsonSerializer.SerializeToUtf8Bytes(configuration));
        return path;
    }

    private static object WriteStorage(DemoFolder folder, string connectionFile, string? database)
    {
        if (database is null) return new { directory = folder.Folder("journal") };
        PrivateFiles.WriteNew(connectionFile, Encoding.UTF8.GetBytes(database));
        return new { connectionFile };
    }

    // The host that runs this program runs the node too, whatever PATH says.
    private static string DotnetHost()
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(host) ? host : "dotnet";
    }
}
