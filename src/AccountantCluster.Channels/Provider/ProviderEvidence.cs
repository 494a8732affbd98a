using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>
/// After the books were restored from an old backup (protocol §4), pure: the accountant takes its own promises back. What it signed, with
/// its R, can be settled on chain in any case, so it raises what is promised, and never lowers anything.
/// </summary>
public static class ProviderEvidence
{
    /// <summary>
    /// Judges a promise of the accountant's to the provider whose signature was verified to be an operator's. ALREADY_COVERED, a success,
    /// where no less was promised.
    /// </summary>
    /// <param name="state">The channel.</param>
    /// <param name="promised">What was promised, fees taken off.</param>
    /// <param name="hashlock">Under which hashlock.</param>
    /// <param name="r">Opens it.</param>
    public static EvidenceDecision<ProviderChannelEvent> Decide(
        ProviderChannelState state, Amount promised, Hashlock hashlock, Preimage r)
    {
        if (promised.IsZero) return EvidenceDecision<ProviderChannelEvent>.Refuse(RejectionReason.AmountOutOfRange);
        if (!r.Opens(hashlock)) return EvidenceDecision<ProviderChannelEvent>.Refuse(RejectionReason.UnknownHashlock);
        var disclosed = ProviderChannel.DecidePrepare(state, [r], [hashlock]).Events;
        return promised <= state.Promised
            ? new EvidenceDecision<ProviderChannelEvent>(RejectionReason.AlreadyCovered, disclosed)
            : new EvidenceDecision<ProviderChannelEvent>(
                RejectionReason.None, disclosed.Add(new ProviderChannelEvent.TotalProven(promised)));
    }
}
