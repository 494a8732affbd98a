using AccountantCluster.Cli.Keys;
using AccountantCluster.Cli.Output;

namespace AccountantCluster.Cli;

/// <summary>What a command needs of the machine that it runs on, so that tests can run commands without a process.</summary>
internal sealed record Host
{
    /// <summary>Standard input: invoices and promises.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Standard output: results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error: failures, prompts and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>True where a person looks at standard output.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>Where keys and state are kept unless told otherwise.</summary>
    public required string Home { get; init; }

    /// <summary>Asks a person for a secret.</summary>
    public required ISecretPrompt Prompt { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The console, the user's home and the system's clock.</summary>
    public static Host OfThisProcess() => new()
    {
        Input = Console.In,
        Output = Console.Out,
        Error = Console.Error,
        IsInteractive = !Console.IsOutputRedirected,
        Home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".accountant"),
        Prompt = new ConsolePrompt(),
    };

    /// <summary>The way to write a command's result.</summary>
    public Report Report(bool asJson) => new(this, asJson);
}
