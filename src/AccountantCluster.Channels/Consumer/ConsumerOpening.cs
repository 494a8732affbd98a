using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// How a consumer pays before its registration is mined (protocol §4, paper §4.7), pure. The channel holds the registration; whoever reads
/// the chain grants what it may spend on it (<see cref="Openings.OpeningLedger"/>).
/// </summary>
public static class ConsumerOpening
{
    /// <summary>What is wrong with a registration whatever the channel's state; none where nothing is.</summary>
    /// <param name="registration">What was signed, for this accountant.</param>
    /// <param name="policy">What the operator risks.</param>
    /// <param name="now">Unix time in seconds.</param>
    public static RejectionReason Check(in RegisterIdentity registration, OpeningPolicy policy, ulong now)
    {
        if (policy.IsOff) return RejectionReason.LimitExceeded;
        // A loan goes to the accountant, which may refuse new ones: then it could not be mined.
        if (!registration.Loan.IsZero) return RejectionReason.AmountOutOfRange;
        // Of no use to anybody: the registry refuses a fee for nobody, or it is over before it is mined.
        if (!registration.Fee.IsZero && registration.TransactionMaker.IsZero) return RejectionReason.Malformed;
        if (registration.Deadline < now || registration.Deadline - now < policy.MinimumSeconds) return RejectionReason.Malformed;
        return registration.Deadline - now > ChannelLimits.OpeningSeconds ? RejectionReason.LimitExceeded : RejectionReason.None;
    }

    /// <summary>
    /// Judges a registration whose signature was verified. The same one again is held already, and one that holds longer takes its place.
    /// </summary>
    /// <param name="state">The channel.</param>
    /// <param name="opening">The registration.</param>
    /// <param name="policy">What the operator risks.</param>
    /// <param name="now">Unix time in seconds.</param>
    public static OpeningDecision DecideHold(ConsumerChannelState state, Opening opening, OpeningPolicy policy, ulong now)
    {
        if (state.Facts.Registered) return OpeningDecision.Answer(RejectionReason.AlreadyCovered);
        if (state.Opening == opening && opening.HoldsAt(now)) return OpeningDecision.Answer(RejectionReason.None);
        if (Check(opening.Registration, policy, now) is var reason and not RejectionReason.None) return OpeningDecision.Answer(reason);
        if (state.Frozen) return OpeningDecision.Answer(RejectionReason.ChannelFrozen);
        return state.Opening is { } held && held.Deadline >= opening.Deadline
            ? OpeningDecision.Answer(RejectionReason.AlreadyCovered)
            : OpeningDecision.Hold(opening);
    }
}
