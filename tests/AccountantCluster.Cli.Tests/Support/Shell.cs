using System.Text;
using System.Text.Json;
using AccountantCluster.Cli.Keys;

namespace AccountantCluster.Cli.Tests.Support;

/// <summary>Runs commands as a shell would, but in this process, with a home of its own and prepared answers to prompts.</summary>
internal sealed class Shell : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("accountant-cli-tests-");

    public Shell() => Host = new Host
    {
        Input = TextReader.Null,
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        IsInteractive = false,
        Home = PathOf("home"),
        Prompt = new PreparedAnswers(Answers),
    };

    /// <summary>What commands are told of the machine.</summary>
    public Host Host { get; }

    /// <summary>What a person types when asked, in this order; nobody is there when it is empty.</summary>
    public Queue<string> Answers { get; } = new();

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string content)
    {
        var path = PathOf(name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>The path of a file in the shell's folder.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    /// <summary>Runs a command that reads from standard input.</summary>
    public async Task<CommandResult> TypeAsync(string input, params string[] arguments)
    {
        using var reader = new StringReader(input);
        return await RunAsync(Host with { Input = reader }, arguments, CancellationToken.None);
    }

    public Task<CommandResult> RunAsync(CancellationToken cancellation, params string[] arguments) =>
        RunAsync(Host, arguments, cancellation);

    private static async Task<CommandResult> RunAsync(Host host, string[] arguments, CancellationToken cancellation)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(arguments, host with { Output = output, Error = error }, cancellation);
        return new CommandResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that must succeed, with --json, and returns what it printed.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(Assert.Single(result.Output.TrimEnd('\n').Split('\n')));
        return document.RootElement.Clone();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class PreparedAnswers(Queue<string> answers) : ISecretPrompt
    {
        public byte[]? Ask(string question) => answers.TryDequeue(out var answer) ? Encoding.UTF8.GetBytes(answer) : null;
    }
}

/// <summary>What a command left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);
