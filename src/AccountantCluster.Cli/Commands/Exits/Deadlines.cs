using AccountantCluster.Chain;

namespace AccountantCluster.Cli.Commands.Exits;

/// <summary>Until when a signed exit can be sent.</summary>
internal static class Deadlines
{
    // Long enough to be mined on a busy chain, short enough that a message that was never sent is soon worthless.
    private const ulong Seconds = 3_600;

    /// <summary>By the later one of both clocks: the chain judges by its own, the accountant by this machine's kind.</summary>
    public static ulong For(Block block, TimeProvider time) =>
        Math.Max((ulong)time.GetUtcNow().ToUnixTimeSeconds(), block.Timestamp) + Seconds;
}
