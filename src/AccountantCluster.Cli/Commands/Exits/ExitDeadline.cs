namespace AccountantCluster.Cli.Commands.Exits;

/// <summary>For how long a signed exit can be sent.</summary>
internal static class ExitDeadline
{
    /// <summary>
    /// Long enough to be mined on a busy chain, short enough that a message that was never sent is soon worthless.
    /// </summary>
    public static readonly TimeSpan Validity = TimeSpan.FromHours(1);
}
