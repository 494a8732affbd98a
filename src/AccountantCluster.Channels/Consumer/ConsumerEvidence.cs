using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// After the books were restored from an old backup (protocol §4), pure: the accountant takes consumers' promises with known R back. They
/// raise what is promised and what can be collected, also while the channel is frozen or exiting, and credit nobody: what they credited is
/// handed in as any promise is, under all rules. Otherwise an old backup would be a way around them.
/// </summary>
public static class ConsumerEvidence
{
    /// <summary>
    /// Judges a promise whose signature was verified. ALREADY_COVERED, a success, where no less can be collected. OVERSPEND where more is
    /// promised than ever before and than was deposited.
    /// </summary>
    /// <param name="state">The channel.</param>
    /// <param name="promise">The promise, or a cover.</param>
    /// <param name="r">Opens its hashlock.</param>
    public static EvidenceDecision<ConsumerChannelEvent> Decide(ConsumerChannelState state, in VerifiedPromise promise, Preimage r)
    {
        if (!state.IsKnown) return EvidenceDecision<ConsumerChannelEvent>.Refuse(RejectionReason.UnknownChannel);
        if (!r.Opens(promise.Promise.Hashlock))
            return EvidenceDecision<ConsumerChannelEvent>.Refuse(RejectionReason.UnknownHashlock);
        if (promise.Promise.Amount > Amount.Max(state.Promised, state.Deposited))
            return EvidenceDecision<ConsumerChannelEvent>.Refuse(RejectionReason.Overspend);

        var opened = ConsumerChannel.DecideReveal(state, r);
        var after = opened.Aggregate(state, ConsumerChannel.Apply);
        return promise.Promise.Amount <= after.SettleableAmount
            ? new EvidenceDecision<ConsumerChannelEvent>(RejectionReason.AlreadyCovered, opened)
            : new EvidenceDecision<ConsumerChannelEvent>(
                RejectionReason.None, opened.Add(new ConsumerChannelEvent.PromiseProven(promise, r)));
    }
}
