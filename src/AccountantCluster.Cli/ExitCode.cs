namespace AccountantCluster.Cli;

/// <summary>What the process says to a script.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Refused or failed; standard error says by which name and what to do.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C or SIGTERM, as shells have it.</summary>
    public const int Interrupted = 130;
}
