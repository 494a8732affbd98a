using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AccountantCluster.Protocol;

namespace AccountantCluster.LocalNetwork;

/// <summary>
/// A local Ethereum chain on a free port of 127.0.0.1, in memory. It dies with this object and with this process
/// (<see cref="ManagedProcess"/>).
/// </summary>
public sealed class Anvil : IAsyncDisposable
{
    private const string ListeningPrefix = "Listening on 127.0.0.1:";

    // States of blocks that it keeps, in memory; accounts and contracts cannot be read at older ones, while blocks, receipts and logs stay.
    // Without a limit it writes a state per block to the home directory, gigabytes in a day, and a killed chain never removes them.
    private const int KeptStates = 500;

    // It takes 0.2 s; a busy machine with several builds may need much longer.
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { Timeout = CallDeadline };

    private Anvil(ManagedProcess process, Uri endpoint, AnvilOptions options)
    {
        Process = process;
        Endpoint = endpoint;
        Options = options;
    }

    /// <summary>The JSON-RPC address.</summary>
    public Uri Endpoint { get; }

    /// <summary>How it was started.</summary>
    public AnvilOptions Options { get; }

    /// <summary>The chain id.</summary>
    public ulong ChainId => Options.ChainId;

    /// <summary>The process, with the log of calls as its output.</summary>
    public ManagedProcess Process { get; }

    /// <summary>Starts a chain and waits until it answers.</summary>
    /// <exception cref="ProcessFailedException">It does not start.</exception>
    public static async Task<Anvil> StartAsync(Toolchain toolchain, AnvilOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new AnvilOptions();
        var process = ManagedProcess.Start(new ProcessCommand(toolchain.Anvil, Arguments(options)));
        try
        {
            // Port 0 lets the system choose, which cannot collide; only the log tells which, so the quiet flag is out. The line is written
            // when it listens.
            var line = await process.WaitForLineAsync(
                text => text.StartsWith(ListeningPrefix, StringComparison.Ordinal), StartDeadline, cancellation);
            return new Anvil(process, new Uri($"http://127.0.0.1:{line[ListeningPrefix.Length..].Trim()}"), options);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds blocks on top of the chain; the first takes in what waits.</summary>
    public Task MineAsync(int blocks = 1, CancellationToken cancellation = default) =>
        ControlAsync("anvil_mine", cancellation, $"0x{blocks:x}");

    /// <summary>Moves the chain's clock forward and mines a block at the new time.</summary>
    public async Task AdvanceTimeAsync(TimeSpan time, CancellationToken cancellation = default)
    {
        await ControlAsync("evm_increaseTime", cancellation, (long)time.TotalSeconds);
        await MineAsync(cancellation: cancellation);
    }

    /// <summary>The time of the next block, in seconds since 1970; not before that of the newest one.</summary>
    public Task SetNextBlockTimestampAsync(ulong timestamp, CancellationToken cancellation = default) =>
        ControlAsync("evm_setNextBlockTimestamp", cancellation, timestamp);

    /// <summary>Name of Ethereum's version whose rules it runs: gas costs follow from it.</summary>
    public async Task<string> GetHardforkAsync(CancellationToken cancellation = default) =>
        (await ControlAsync("anvil_nodeInfo", cancellation)).GetProperty("hardFork").GetString()!;

    /// <summary>What gas costs in the next block, in wei.</summary>
    public Task SetNextBaseFeeAsync(long wei, CancellationToken cancellation = default) =>
        ControlAsync("anvil_setNextBlockBaseFeePerGas", cancellation, $"0x{wei:x}");

    /// <summary>Forgets what waits of an account.</summary>
    public Task DropTransactionsAsync(Address account, CancellationToken cancellation = default) =>
        ControlAsync("anvil_removePoolTransactions", cancellation, account.ToString());

    /// <summary>
    /// Other blocks take the place of the newest ones: empty ones, whose transactions are gone from the node, too.
    /// </summary>
    public Task ReorganiseAsync(int depth, CancellationToken cancellation = default) =>
        ControlAsync("anvil_reorg", cancellation, depth, Array.Empty<object>());

    /// <summary>Whether every transaction gets a block at once; off, transactions wait for <see cref="MineAsync"/>.</summary>
    public Task SetAutomineAsync(bool isOn, CancellationToken cancellation = default) =>
        ControlAsync("evm_setAutomine", cancellation, isOn);

    /// <summary>Overwrites what a contract remembers, without a transaction: no honest chain does that.</summary>
    public Task SetStorageAsync(Address contract, Bytes32 slot, Bytes32 value, CancellationToken cancellation = default) =>
        ControlAsync("anvil_setStorageAt", cancellation, $"{contract}", $"{slot}", $"{value}");

    /// <summary>Remembers the chain as it is, for <see cref="RevertAsync"/>.</summary>
    public async Task<string> SnapshotAsync(CancellationToken cancellation = default) =>
        (await ControlAsync("evm_snapshot", cancellation)).GetString()!;

    /// <summary>
    /// Goes back to a snapshot, which is used up: what followed never happened. This is how a test reorganises the chain.
    /// </summary>
    public Task RevertAsync(string snapshot, CancellationToken cancellation = default) =>
        ControlAsync("evm_revert", cancellation, snapshot);

    /// <summary>Kills it; nothing is kept.</summary>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return Process.DisposeAsync();
    }

    // What a real node does not offer stays out of the chain client.
    private async Task<JsonElement> ControlAsync(string method, CancellationToken cancellation, params object[] parameters)
    {
        using var response = await _http.PostAsJsonAsync(
            Endpoint, new { jsonrpc = "2.0", id = 1, method, @params = parameters }, cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return answer.TryGetProperty("result", out var result)
            ? result
            : throw new InvalidOperationException($"anvil refused {method}: {answer}");
    }

    private static string[] Arguments(AnvilOptions options)
    {
        string[] always =
        [
            "--host", "127.0.0.1", "--port", "0", "--color", "never",
            "--chain-id", options.ChainId.ToString(CultureInfo.InvariantCulture),
            "--accounts", options.FundedAccounts.ToString(CultureInfo.InvariantCulture),
            "--mnemonic", DevelopmentAccounts.Mnemonic,
            "--prune-history", KeptStates.ToString(CultureInfo.InvariantCulture),
        ];
        return options.BlockTime is { } interval
            ? [.. always, "--block-time", ((long)interval.TotalSeconds).ToString(CultureInfo.InvariantCulture)]
            : always;
    }
}
