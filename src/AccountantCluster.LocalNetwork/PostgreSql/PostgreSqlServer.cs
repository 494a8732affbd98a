using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace AccountantCluster.LocalNetwork;

/// <summary>
/// A real PostgreSQL on a free port of 127.0.0.1 with its data in a temporary folder, for demo and tests: it trusts every local connection.
/// It dies with this object and with this process (<see cref="ManagedProcess"/>). Under root it runs as the user 65534, because it refuses
/// root.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string User = "accountant";
    private const string ReadyText = "database system is ready to accept connections";
    private const uint Nobody = 65534;
    private const int PortAttempts = 5;
    private const int RestartAttempts = 5;

    private static readonly TimeSpan InitDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly string _native;
    private readonly uint? _userId;
    private readonly int _port;

    private PostgreSqlServer(ManagedProcess process, string folder, string native, uint? userId, int port)
    {
        Process = process;
        _folder = folder;
        _native = native;
        _userId = userId;
        _port = port;
    }

    /// <summary>The server's process; another one after <see cref="StartAgainAsync"/>.</summary>
    public ManagedProcess Process { get; private set; }

    /// <summary>Makes a new data folder, starts a server on it and waits until it accepts connections; about 2 s.</summary>
    /// <exception cref="ProcessFailedException">It does not start.</exception>
    /// <exception cref="ToolchainException">Its files cannot be made to run here.</exception>
    public static async Task<PostgreSqlServer> StartAsync(Toolchain toolchain, CancellationToken cancellation = default)
    {
        uint? userId = Environment.IsPrivilegedProcess ? Nobody : null;
        var folder = Directory.CreateTempSubdirectory("accountant-postgresql-").FullName;
        try
        {
            // .NET cannot change an owner, so the other user makes its own data folder inside, which initdb closes to everybody else.
            if (userId is not null && !OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
            var native = await PostgreSqlFiles.PrepareAsync(toolchain.PostgreSqlNative, folder, userId, cancellation);
            await InitialiseAsync(native, DataFolder(folder), userId, cancellation);
            return await StartOnFreePortAsync(native, folder, userId, cancellation);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>The Npgsql connection string of a database; "postgres" always exists.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = User,
        Database = database,
    }.ConnectionString;

    /// <summary>Creates an empty database and returns its connection string.</summary>
    /// <exception cref="ArgumentException">The name is not made of lower-case letters, digits and underscores.</exception>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellation = default)
    {
        if (name.Length is 0 or > 63 || name.Any(character => character is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')))
            throw new ArgumentException("Expected 1 to 63 lower-case letters, digits and underscores.", nameof(name));
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        // An identifier cannot be a parameter; the check above leaves nothing to escape.
        await using var command = source.CreateCommand($"CREATE DATABASE \"{name}\"");
        await command.ExecuteNonQueryAsync(cancellation);
        return ConnectionString(name);
    }

    /// <summary>Ends the server, and starts it again on the same data and port.</summary>
    /// <param name="signal">SIGINT for a fast shutdown, SIGQUIT for one without a checkpoint.</param>
    /// <param name="away">How long it is away.</param>
    /// <param name="cancellation">Ends the wait for the new one.</param>
    /// <exception cref="ProcessFailedException">It does not start again.</exception>
    public async Task RestartAsync(UnixSignal signal, TimeSpan away, CancellationToken cancellation = default)
    {
        await StopAsync(signal);
        await Task.Delay(away, cancellation);
        await StartAgainAsync(cancellation);
    }

    /// <summary>Ends the server; its data stays.</summary>
    /// <param name="signal">SIGINT for a fast shutdown, SIGQUIT for one without a checkpoint.</param>
    public async Task StopAsync(UnixSignal signal)
    {
        await Process.StopAsync(StopGrace, signal);
        await Process.DisposeAsync();
    }

    /// <summary>Starts a server that was stopped, on the same data and port.</summary>
    /// <param name="cancellation">Ends the wait until it accepts connections.</param>
    /// <exception cref="ProcessFailedException">It does not start again.</exception>
    public async Task StartAgainAsync(CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            Process = Start(_native, _folder, _userId, _port);
            try
            {
                await SaysReadyAsync(Process, cancellation);
                return;
            }
            catch (ProcessFailedException) when (attempt < RestartAttempts)
            {
                // Its own children may outlive it for a moment, and then it refuses their memory.
                await Process.DisposeAsync();
                await Task.Delay(RestartPause, cancellation);
            }
        }
    }

    /// <summary>Stops the server (fast shutdown) and deletes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Directory.Exists(_folder)) return;
        await Process.StopAsync(StopGrace, UnixSignal.Interrupt);
        await Process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task InitialiseAsync(string native, string data, uint? userId, CancellationToken cancellation)
    {
        var command = Command(
            native, "initdb", userId,
            "-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions", "--no-sync");
        (await ManagedProcess.RunAsync(command, InitDeadline, cancellation)).OutputOrThrow();
    }

    // PostgreSQL does not take port 0: a port is picked, and another one if somebody was faster.
    private static async Task<PostgreSqlServer> StartOnFreePortAsync(
        string native, string folder, uint? userId, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var process = Start(native, folder, userId, port);
            try
            {
                await SaysReadyAsync(process, cancellation);
                return new PostgreSqlServer(process, folder, native, userId, port);
            }
            catch (ProcessFailedException) when (attempt < PortAttempts
                && process.OutputTail.Contains("Address already in use", StringComparison.Ordinal))
            {
                await process.DisposeAsync();
            }
            catch
            {
                await process.DisposeAsync();
                throw;
            }
        }
    }

    private static ManagedProcess Start(string native, string folder, uint? userId, int port) => ManagedProcess.Start(Command(
        native, "postgres", userId,
        "-D", DataFolder(folder), "-p", port.ToString(CultureInfo.InvariantCulture),
        "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));

    private static Task<string> SaysReadyAsync(ManagedProcess process, CancellationToken cancellation) =>
        process.WaitForLineAsync(line => line.Contains(ReadyText, StringComparison.Ordinal), StartDeadline, cancellation);

    private static string DataFolder(string folder) => Path.Combine(folder, "data");

    private static ProcessCommand Command(string native, string program, uint? userId, params string[] arguments) =>
        new(Path.Combine(native, "bin", program), arguments)
        {
            UserId = userId,
            // The other user may not be allowed to enter the caller's directory.
            WorkingDirectory = "/",
            Environment = new Dictionary<string, string?> { ["LC_ALL"] = "C", ["TZ"] = "UTC" },
        };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
