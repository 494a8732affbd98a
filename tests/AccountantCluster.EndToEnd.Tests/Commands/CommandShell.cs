using System.Text.Json;
using AccountantCluster.Chain;
using AccountantCluster.Cli;
using AccountantCluster.Cli.Keys;
using AccountantCluster.Cli.Networks;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Commands;

/// <summary>Runs the command line on a live network, with a home and keys of its own.</summary>
internal sealed class CommandShell : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("accountant-commands-");
    private readonly string _network;
    private readonly string _passwordFile;

    public CommandShell(LiveNetwork network)
    {
        var (chain, profile) = (network.Chain, network.Chain.Profile);
        _network = Path.Combine(_folder.FullName, "network.json");
        _passwordFile = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(_passwordFile, "correct horse");
        new NetworkFile(
            chain.Endpoint, profile.ChainId, profile.Token, profile.Registry, profile.Accountant, network.Node.Endpoint, Confirmations: 0)
            .WriteNew(new FileInfo(_network));
    }

    private string Home => Path.Combine(_folder.FullName, "home");

    /// <summary>Puts a key into the shell's key ring and returns its address as text.</summary>
    public string Add(PrivateKey key)
    {
        using var password = Password.Read(HostWith(TextReader.Null, TextWriter.Null, TextWriter.Null), new FileInfo(_passwordFile), "");
        return new KeyRing(Path.Combine(Home, "keys")).Add(key, password, KeystoreStrength.Light).Address.ToChecksumString();
    }

    /// <summary>Starts a command of an identity.</summary>
    public async Task<int> RunAsync(TextReader input, TextWriter output, TextWriter error, string key, params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        string[] always = ["--key", key, "--password-file", _passwordFile, "--network", _network];
        return await CommandLine.RunAsync([.. arguments, .. always], HostWith(input, output, error), deadline.Token);
    }

    /// <summary>Runs a command to its end: its exit code, its lines and its complaints.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(string input, string key, params string[] arguments)
    {
        using var reader = new StringReader(input);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await RunAsync(reader, output, error, key, arguments);
        return (code, output.ToString().TrimEnd('\n'), error.ToString());
    }

    /// <summary>Runs a command that must succeed and print one JSON object.</summary>
    public async Task<JsonElement> JsonAsync(string key, params string[] arguments)
    {
        var (code, output, error) = await RunAsync("", key, [.. arguments, "--json"]);
        Assert.True(code == 0, error);
        return Read(output);
    }

    /// <summary>The same, of an identity whose transaction another key sends; null where it is refused for a reason that passes.</summary>
    public async Task<JsonElement?> TrySentByAsync(string sender, string key, RejectionReason passing, params string[] arguments)
    {
        var (code, output, error) = await RunAsync("", key, [.. arguments, "--json", .. SentBy(sender)]);
        if (code != 0 && error.Contains(passing.ToName(), StringComparison.Ordinal)) return null;
        Assert.True(code == 0, error);
        return Read(output);
    }

    /// <summary>Runs a command of a provider whose transaction another key sends.</summary>
    public Task<JsonElement> SettleAsync(string provider, string sender, params string[] arguments) =>
        SentByAsync(sender, provider, ["settle", .. arguments]);

    /// <summary>Runs a command that must succeed, of an identity whose transaction another key sends.</summary>
    public Task<JsonElement> SentByAsync(string sender, string key, params string[] arguments) =>
        JsonAsync(key, [.. arguments, .. SentBy(sender)]);

    /// <summary>Runs <c>provider recover</c>, which needs no network file; the output is JSON where the options say so.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RecoverAsync(
        string key, string evidence, Uri rpc, IReadOnlyList<string> options)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        string[] arguments =
        [
            "provider", "recover", "--evidence", evidence, "--rpc", $"{rpc}", "--key", key, "--password-file", _passwordFile,
            "--sender-password-file", _passwordFile, .. options,
        ];
        var code = await CommandLine.RunAsync(arguments, HostWith(TextReader.Null, output, error), deadline.Token);
        return (code, output.ToString().TrimEnd('\n'), error.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Host HostWith(TextReader input, TextWriter output, TextWriter error) => new()
    {
        Input = input,
        Output = output,
        Error = error,
        IsInteractive = false,
        Home = Home,
        Prompt = new ConsolePrompt(),
    };

    private string[] SentBy(string sender) => ["--sender", sender, "--sender-password-file", _passwordFile];

    private static JsonElement Read(string output)
    {
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }
}
