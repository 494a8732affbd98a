using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Openings;

/// <summary>
/// A fast opening that the accountant has granted. Amounts in token base units, times in Unix seconds of the chain's clock.
/// </summary>
/// <param name="Opening">The registration that is held.</param>
/// <param name="Granted">The most that may be promised before it is mined.</param>
public sealed record GrantedOpening(Opening Opening, Amount Granted)
{
    /// <summary>
    /// What was promised, where the opening has failed: more is not accepted before the channel holds more than that, and then nothing is
    /// lost.
    /// </summary>
    public Amount Promised { get; init; }

    /// <summary>What of it is not there.</summary>
    public Amount Lost { get; init; }

    /// <summary>When it failed; zero while it has not.</summary>
    public ulong FailedAt { get; init; }

    /// <summary>Whether it has failed: its time was over, or the channel was registered with less than was promised.</summary>
    public bool HasFailed => FailedAt > 0;

    /// <summary>What the consumer may spend on it after a block of that time.</summary>
    public Amount GrantedAt(ulong time) => HasFailed || !Opening.HoldsAt(time) ? Amount.Zero : Granted;

    /// <summary>What of the accountant's limit it takes up.</summary>
    public Amount TakenUp(ulong time)
    {
        if (!HasFailed) return Granted;
        return time < FailedAt + ChannelLimits.OpeningLossSeconds ? Lost : Amount.Zero;
    }
}
