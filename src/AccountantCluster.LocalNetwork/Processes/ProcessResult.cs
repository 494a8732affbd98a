namespace AccountantCluster.LocalNetwork;

/// <summary>What a program left behind that ran to its end.</summary>
/// <param name="ExitCode">0 for success; 128 + signal where a signal ended it.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    /// <summary>The standard output, trimmed.</summary>
    /// <exception cref="ProcessFailedException">The exit code is not 0.</exception>
    public string OutputOrThrow() => ExitCode == 0
        ? Output.Trim()
        : throw new ProcessFailedException($"Exit code {ExitCode}: {Error.Trim()} {Output.Trim()}");
}
