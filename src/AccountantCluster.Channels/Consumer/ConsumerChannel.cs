using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// The rules of a paying channel (protocol §4), pure: no clock, no I/O. <c>Decide…</c> judges and names events, <see cref="Apply"/> makes
/// them so.
/// </summary>
public static class ConsumerChannel
{
    /// <summary>
    /// Judges a promise whose signature and provider were verified (protocol §4 rule 1), in the order of the rules, which fixes the reason
    /// reported.
    /// </summary>
    /// <param name="state">The channel.</param>
    /// <param name="promise">The promise.</param>
    /// <param name="knownR">Opens the promise's hashlock, where the provider revealed it before; for a cover, its R.</param>
    /// <param name="policy">The operator's limits.</param>
    public static OfferDecision DecideOffer(ConsumerChannelState state, in VerifiedPromise promise, Preimage? knownR, ChannelPolicy policy)
    {
        if (!state.IsKnown) return OfferDecision.Reject(RejectionReason.UnknownChannel);
        if (knownR is { } claimed && !claimed.Opens(promise.Promise.Hashlock))
            return OfferDecision.Reject(RejectionReason.UnknownHashlock);
        return promise.IsCover ? DecideCover(state, promise, knownR) : DecidePayment(state, promise, knownR, policy);
    }

    /// <summary>Judges an R: opens every rung that stands on its chain of hashlocks. No event where it opens none.</summary>
    public static ImmutableArray<ConsumerChannelEvent> DecideReveal(ConsumerChannelState state, Preimage r) => OpenedBy(state, r.Value);

    /// <summary>Judges a confirmed block's word. No event where it says nothing new or is older than what is known.</summary>
    public static ImmutableArray<ConsumerChannelEvent> DecideObservation(ConsumerChannelState state, ConsumerChannelFacts facts)
    {
        if (facts.Block < state.Facts.Block) return [];
        // What was waited for may have come about by the block's number or time alone.
        var after = state with { Facts = facts };
        var isNews = !facts.SaysSameAs(state.Facts)
            || after.IsExiting != state.IsExiting
            || after.OutstandingConsent != state.OutstandingConsent
            || after.Provisional != state.Provisional;
        return isNews ? [new ConsumerChannelEvent.ChainObserved(facts)] : [];
    }

    /// <summary>
    /// Judges an admin's word. An event also where it changes nothing: it is the one thing said of a channel that can be unsaid, so that
    /// only the journal knows what holds.
    /// </summary>
    public static ImmutableArray<ConsumerChannelEvent> DecideFreeze(bool frozen) => [new ConsumerChannelEvent.FreezeChanged(frozen)];

    /// <summary>The state after an event. Total: an event that a decision named always applies.</summary>
    public static ConsumerChannelState Apply(ConsumerChannelState state, ConsumerChannelEvent @event) => @event switch
    {
        ConsumerChannelEvent.PromiseAccepted accepted => ApplyAccepted(state, accepted),
        ConsumerChannelEvent.HashlockRevealed revealed => ApplyRevealed(state, revealed.R),
        ConsumerChannelEvent.PromiseProven proven => ApplyProven(state, proven.Promise, proven.R),
        ConsumerChannelEvent.ChainObserved observed => state with
        {
            Facts = observed.Facts,
            Opening = observed.Facts.Registered ? null : state.Opening,
        },
        ConsumerChannelEvent.RegistrationHeld held => state with { Opening = held.Opening },
        ConsumerChannelEvent.ExitSeen seen => state with { ExitSeenAt = seen.Block },
        ConsumerChannelEvent.ConsentGiven given => state with { Consent = given.Consent },
        ConsumerChannelEvent.FreezeChanged changed => state with { Frozen = changed.Frozen },
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "Not an event of a consumer channel."),
    };

    /// <summary>
    /// Forgets credits that the provider channel holds durably. Not an event: losing it only makes the credits go out once more, and they
    /// count once.
    /// </summary>
    public static ConsumerChannelState Acknowledge(ConsumerChannelState state, Address provider, Amount total) =>
        state.Agreements.TryGetValue(provider, out var agreements)
            ? state with { Agreements = state.Agreements.SetItem(provider, agreements.Acknowledge(total)) }
            : state;

    private static OfferDecision DecidePayment(
        ConsumerChannelState state, in VerifiedPromise promise, Preimage? knownR, ChannelPolicy policy)
    {
        var (amount, hashlock, agreement) = (promise.Promise.Amount, promise.Promise.Hashlock, promise.Promise.Agreement);
        var agreements = state.With(agreement.Provider);
        if (agreements.IsClosed(agreement.Id)) return OfferDecision.Reject(RejectionReason.AgreementClosed);

        // Rule 2.
        var before = agreements.Totals.GetValueOrDefault(agreement.Id);
        if (agreement.Total <= before) return OfferDecision.Reject(RejectionReason.AlreadyCovered);
        var delta = agreement.Total - before;

        // What was accepted before the registration was mined stands, also where it never is.
        if (!state.IsOpen) return OfferDecision.Reject(RejectionReason.UnknownChannel);

        // Rule 3. What the hashlock itself discloses counts first: handing in the next window reveals the one before (protocol §5).
        var reveals = Disclosed(state, hashlock, knownR);
        var current = reveals.Aggregate(state, Apply);
        if (!current.Credited.TryAdd(delta, out var credited)) return OfferDecision.Reject(RejectionReason.Overspend);
        var staircase = Staircase.Of(current);
        staircase = knownR is null ? staircase.AddUnrevealed(promise, delta) : staircase.AddRevealed(promise, delta);
        if (!staircase.Holds())
        {
            // What would pass here must pass the double-spend check as well.
            return Amount.Max(state.Promised, credited) > state.Deposited
                ? OfferDecision.Reject(RejectionReason.Overspend)
                : OfferDecision.Reject(RejectionReason.PromiseTooLow, expected: credited);
        }

        // Rule 4: the double-spend check.
        if (Amount.Max(state.Promised, amount) > state.Deposited) return OfferDecision.Reject(RejectionReason.Overspend);

        // Rule 5.
        if (state.Frozen) return OfferDecision.Reject(RejectionReason.ChannelFrozen);
        if (state.IsExiting) return OfferDecision.Reject(RejectionReason.ChannelExiting);

        // Rule 6.
        var exposure = Exposure.Judge(staircase, agreement.Provider, hashlock, delta, policy);
        if (exposure != RejectionReason.None) return OfferDecision.Reject(exposure);

        // Rule 7.
        if (agreements.ComesTooLate(agreement.Id)) return OfferDecision.Reject(RejectionReason.AgreementClosed);
        if (before.IsZero && delta < policy.MinimumFirstPayment) return OfferDecision.Reject(RejectionReason.AmountOutOfRange);
        if (!agreements.HasRoomFor(hashlock)) return OfferDecision.Reject(RejectionReason.Overloaded);

        return OfferDecision.Accept(delta, reveals.Add(new ConsumerChannelEvent.PromiseAccepted(promise, delta, knownR)));
    }

    // A cover credits nobody and makes what was promised settleable, so that providers who never reveal cannot block their consumer
    // (rule 6).
    private static OfferDecision DecideCover(ConsumerChannelState state, in VerifiedPromise cover, Preimage? knownR)
    {
        if (knownR is null) return OfferDecision.Reject(RejectionReason.UnknownHashlock);
        if (cover.Promise.Amount <= state.SettleableAmount) return OfferDecision.Reject(RejectionReason.AlreadyCovered);
        if (cover.Promise.Amount > state.Promised) return OfferDecision.Reject(RejectionReason.AmountOutOfRange);
        return OfferDecision.Accept(Amount.Zero, [new ConsumerChannelEvent.PromiseAccepted(cover, Amount.Zero, knownR)]);
    }

    private static ImmutableArray<ConsumerChannelEvent> Disclosed(ConsumerChannelState state, Hashlock hashlock, Preimage? knownR)
    {
        if (knownR is { } r) return OpenedBy(state, r.Value);
        // A hashlock that stands on the staircase opened the windows before it when it came.
        return state.Rungs.Any(rung => rung.Hashlock == hashlock) ? [] : OpenedBy(state, hashlock.Value);
    }

    private static ImmutableArray<ConsumerChannelEvent> OpenedBy(ConsumerChannelState state, Bytes32 disclosed)
    {
        if (state.Rungs.IsEmpty) return [];
        return [.. HashSteps.OpenedBy(disclosed, hashlock => state.Rungs.Any(rung => rung.Hashlock == hashlock))
            .Select(r => new ConsumerChannelEvent.HashlockRevealed(r))];
    }

    private static ConsumerChannelState ApplyAccepted(ConsumerChannelState state, ConsumerChannelEvent.PromiseAccepted accepted)
    {
        var (promise, delta) = (accepted.Promise, accepted.Delta);
        var staircase = accepted.R is null
            ? Staircase.Of(state).AddUnrevealed(promise, delta)
            : Staircase.Of(state).AddRevealed(promise, delta);
        var agreement = promise.Promise.Agreement;
        return state with
        {
            Latest = promise.Promise.Amount > state.Promised ? promise : state.Latest,
            Settleable = accepted.R is { } r && promise.Promise.Amount > state.SettleableAmount
                ? new SettleablePromise(promise, r)
                : state.Settleable,
            Rungs = staircase.Rungs,
            Agreements = promise.IsCover
                ? state.Agreements
                : state.Agreements.SetItem(
                    agreement.Provider, state.With(agreement.Provider).Add(agreement.Id, delta, promise.Promise.Hashlock)),
            Credited = state.Credited + delta,
        };
    }

    private static ConsumerChannelState ApplyProven(ConsumerChannelState state, in VerifiedPromise promise, Preimage r) => state with
    {
        Latest = promise.Promise.Amount > state.Promised ? promise : state.Latest,
        Settleable = new SettleablePromise(promise, r),
        Rungs = Staircase.Of(state).RaiseTo(promise.Promise.Amount).Rungs,
    };

    private static ConsumerChannelState ApplyRevealed(ConsumerChannelState state, Preimage r)
    {
        var hashlock = r.ToHashlock();
        // Rungs stand in ascending order: the last match is the highest.
        var highest = state.Rungs.LastOrDefault(rung => rung.Hashlock == hashlock);
        if (highest is null) return state;
        return state with
        {
            Settleable = new SettleablePromise(highest.Highest, r),
            Rungs = Staircase.Of(state).RaiseTo(highest.Amount).Rungs,
        };
    }
}
