namespace AccountantCluster.Protocol;

/// <summary>
/// The numbers that protocol.md fixes for everybody, each with its reason. Limits that an accountant chooses stand in its terms.
/// </summary>
public static class ProtocolLimits
{
    /// <summary>
    /// N, the windows of one hash chain (§5). At one window per second it lasts 18 hours before a new chain begins, and deriving it takes
    /// about 25 ms of hashing.
    /// </summary>
    public const uint WindowsPerChain = 65_536;

    /// <summary>
    /// Steps that a hashlock is hashed down in search of older windows (§5): as many windows may have gone by without a word, at a cost of
    /// 16 hashes (5 µs) for each hashlock that is new.
    /// </summary>
    public const int HashSteps = 16;

    /// <summary>
    /// Agreements kept per (consumer channel, provider), the highest ids (§4 rule 7): more sessions than two parties run at once, few
    /// enough that a channel's state stays small.
    /// </summary>
    public const int AgreementsKept = 64;
}
