namespace AccountantCluster.Channels;

/// <summary>
/// Bounds on the state of one channel, each with its reason. What the protocol fixes is in <see cref="Protocol.ProtocolLimits"/>, what an
/// operator may choose in <see cref="ChannelPolicy"/>.
/// </summary>
public static class ChannelLimits
{
    /// <summary>
    /// Credits of one provider that wait for its acknowledgement. Credits under one hashlock merge, so honest traffic needs one or two;
    /// more means that the provider channel cannot be reached, and then the consumer channel must not grow.
    /// </summary>
    public const int UnacknowledgedCredits = 32;

    /// <summary>
    /// Unrevealed hashlocks of one provider: one that reveals has two or three, one that never does must not grow its channel, and a new
    /// hashlock is compared with every open one.
    /// </summary>
    public const int OpenHashlocks = 64;

    /// <summary>
    /// Rs remembered per provider: of a chain, one in 15, so that a batch which was held up for 200 windows still finds its hashlock
    /// revealed; or of hashlocks drawn at random (the paper's way). A promise under a hashlock older than that counts as unrevealed until
    /// its R is handed in again. Each is walked down 16 hashes for a hashlock that is new.
    /// </summary>
    public const int PreimagesKept = 16;

    /// <summary>
    /// Time by which a raise of the fee is counted later than it begins on chain, in seconds: more than clocks and confirmations of accountant
    /// and providers differ, and nothing beside the 4 days of its announcement.
    /// </summary>
    public const ulong FeeRaiseGraceSeconds = 3_600;

    /// <summary>
    /// Longest time that a consented exit may take, in seconds: as long is its amount out of the consumer's reach where it never sends the
    /// transaction.
    /// </summary>
    public const ulong ConsentSeconds = 86_400;

    /// <summary>
    /// How far ahead the deadline of a registration may lie that is handed in for a fast opening, in seconds: as long is its limit taken
    /// from others where it is never mined.
    /// </summary>
    public const ulong OpeningSeconds = 86_400;

    /// <summary>
    /// A fast opening ends so long before its registration's deadline, in seconds: what is credited last must still be mined, and confirmed
    /// blocks are some minutes old.
    /// </summary>
    public const ulong OpeningMarginSeconds = 600;

    /// <summary>
    /// How long what was lost on a fast opening counts against the limit of all, in seconds: thirty days, so that this limit is what an
    /// accountant can lose in a month.
    /// </summary>
    public const ulong OpeningLossSeconds = 30 * 86_400;
}
