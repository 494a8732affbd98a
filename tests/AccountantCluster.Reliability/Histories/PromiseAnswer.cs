using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Histories;

/// <summary>What a node said to one promise.</summary>
/// <param name="Reason">None: accepted.</param>
/// <param name="Credited">What it added to its agreement, in token base units.</param>
internal sealed record PromiseAnswer(RejectionReason Reason, Amount Credited)
{
    /// <summary>The promise is durable, by the accountant's word.</summary>
    public bool IsAccepting => Reason is RejectionReason.None or RejectionReason.AlreadyCovered;

    /// <summary>Nothing was said for certain, or the same promise may pass later: it is asked again.</summary>
    public bool IsOpen => Reason is RejectionReason.OutcomeUnknown or RejectionReason.Overloaded or RejectionReason.RevealFirst
        or RejectionReason.LimitExceeded;
}
