using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Exchange;

/// <summary>What an accountant says to a registration that is not mined yet (paper §4.7).</summary>
/// <param name="Reason">
/// None: it holds it. ALREADY_COVERED, a success: the channel is registered, or another registration is held that holds as long. Otherwise
/// why not.
/// </param>
/// <param name="Spendable">
/// What the consumer can promise in all now, in token base units; zero until a confirmed block has the tokens: ask again.
/// </param>
public sealed record OpeningAnswer(RejectionReason Reason, Amount Spendable)
{
    /// <summary>Whether the accountant holds a registration, or needs none any more.</summary>
    public bool IsHeld => Reason is RejectionReason.None or RejectionReason.AlreadyCovered;
}
