using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// How money leaves a paying channel (protocol §4 rule 5, §6), pure. Alone, after a notice: nothing new is accepted from the first sight
/// of the request until its end is confirmed. Or at once, where the operator consents: what may be paid is taken off deposited before
/// anybody signs.
/// </summary>
public static class ConsumerExit
{
    /// <summary>
    /// Judges the sight of an exit request in a block that need not be confirmed. It counts until a confirmed block of that height or above
    /// says whether a request is open; where the chain was reorganised and the request stands in a later block, it is to be seen again
    /// there.
    /// </summary>
    public static ImmutableArray<ConsumerChannelEvent> DecideSight(ConsumerChannelState state, ulong block) =>
        block > state.ExitSeenAt && block > state.Facts.Block ? [new ConsumerChannelEvent.ExitSeen(block)] : [];

    /// <summary>
    /// Judges an exit that the consumer has signed and wants the operator to sign. Only what is not promised to anybody may leave. One at
    /// a time: the next one when a confirmed block says that this one was paid or cannot be paid any more. The same one again is consented
    /// to again.
    /// </summary>
    /// <param name="state">The channel.</param>
    /// <param name="consent">What the consumer signed.</param>
    /// <param name="now">Unix time in seconds.</param>
    public static ConsentDecision DecideConsent(ConsumerChannelState state, ExitConsent consent, ulong now)
    {
        if (!state.Facts.Registered) return ConsentDecision.Refuse(RejectionReason.UnknownChannel);
        if (consent == state.OutstandingConsent) return ConsentDecision.Give([]);
        if (consent.Amount.IsZero) return ConsentDecision.Refuse(RejectionReason.AmountOutOfRange);
        // Of no use to anybody: it can never be paid.
        if (consent.Beneficiary == default || !consent.IsOutstanding(state.Facts) || consent.Deadline < now) return ConsentDecision.Refuse(RejectionReason.Malformed);
        if (consent.Deadline - now > ChannelLimits.ConsentSeconds) return ConsentDecision.Refuse(RejectionReason.LimitExceeded);
        if (state.Frozen) return ConsentDecision.Refuse(RejectionReason.ChannelFrozen);
        if (state.OutstandingConsent is not null) return ConsentDecision.Refuse(RejectionReason.ChannelExiting);
        if (!state.Promised.TryAdd(consent.Amount, out var needed) || needed > state.Facts.Deposited)
            return ConsentDecision.Refuse(RejectionReason.Overspend);
        return ConsentDecision.Give([new ConsumerChannelEvent.ConsentGiven(consent)]);
    }
}
