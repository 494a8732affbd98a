using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// Checks what always holds of a consumer channel (protocol §4): for tests, and for production to watch. No violation is no element.
/// </summary>
public static class ConsumerChannelInvariants
{
    /// <summary>What does not hold of one state. Looks at all of it: meant for recovery and snapshots.</summary>
    public static ImmutableArray<ConsumerChannelInvariant> Check(ConsumerChannelState state)
    {
        var violated = ImmutableArray.CreateBuilder<ConsumerChannelInvariant>();
        void Require(bool holds, ConsumerChannelInvariant invariant)
        {
            if (!holds) violated.Add(invariant);
        }

        Require(state.Credited <= state.Promised, ConsumerChannelInvariant.CreditedWithinPromised);
        Require(SettleableIsPromised(state), ConsumerChannelInvariant.SettleableIsPromised);
        // Without the rungs' credit there is no telling what is revealed.
        var waiting = Sum(state.Rungs.Select(rung => rung.Credit));
        var addsUp = CreditAddsUp(state) && waiting <= state.Credited;
        Require(addsUp, ConsumerChannelInvariant.CreditAddsUp);
        Require(!addsUp || state.CoveredCredit <= state.SettleableAmount, ConsumerChannelInvariant.RevealedWithinSettleable);
        var inOrder = RungsInOrder(state);
        Require(inOrder, ConsumerChannelInvariant.RungsInOrder);
        Require(!addsUp || !inOrder || Staircase.Of(state).Holds(), ConsumerChannelInvariant.StaircaseHolds);
        Require(state.Agreements.Values.All(WithinLimit), ConsumerChannelInvariant.AgreementsWithinLimit);
        Require(state.Agreements.Values.All(WithoutGaps), ConsumerChannelInvariant.UnacknowledgedWithoutGaps);
        return violated.ToImmutable();
    }

    /// <summary>What does not hold of the way from one state to the next. Cheap: meant for every event.</summary>
    /// <param name="before">The state before the event.</param>
    /// <param name="after">The state after it.</param>
    /// <param name="provider">The provider whom the event credits, if it credits one.</param>
    public static ImmutableArray<ConsumerChannelInvariant> CheckStep(
        ConsumerChannelState before, ConsumerChannelState after, Address? provider = null)
    {
        var violated = ImmutableArray.CreateBuilder<ConsumerChannelInvariant>();
        var falls = after.Promised < before.Promised
            || after.SettleableAmount < before.SettleableAmount
            || after.Credited < before.Credited
            || (provider is { } credited && after.With(credited).Credited < before.With(credited).Credited);
        if (falls) violated.Add(ConsumerChannelInvariant.NothingFalls);
        var rises = after.Promised > before.Promised || (after.Consent != before.Consent && after.OutstandingConsent is not null);
        if (rises && after.Promised > after.Deposited)
            violated.Add(ConsumerChannelInvariant.PromisedRisesWithinDeposited);
        return violated.ToImmutable();
    }

    private static bool SettleableIsPromised(ConsumerChannelState state) =>
        state.Settleable is not { } settleable
        || (settleable.Amount <= state.Promised && settleable.R.Opens(settleable.Promise.Promise.Hashlock));

    private static bool CreditAddsUp(ConsumerChannelState state) =>
        Sum(state.Agreements.Values.Select(agreements => agreements.Credited)) == state.Credited
        && state.Agreements.Values.All(agreements => Sum(agreements.Totals.Values) <= agreements.Credited);

    private static bool RungsInOrder(ConsumerChannelState state)
    {
        var (below, seen) = (state.SettleableAmount, new HashSet<(Address, Hashlock)>());
        foreach (var rung in state.Rungs)
        {
            // Above settleable strictly, above each other or level.
            if (rung.Amount < below || rung.Amount == state.SettleableAmount || rung.Amount > state.Promised) return false;
            if (!seen.Add((rung.Provider, rung.Hashlock))) return false;
            below = rung.Amount;
        }
        return true;
    }

    private static bool WithinLimit(ProviderAgreements agreements) =>
        agreements.Totals.Count <= ProtocolLimits.AgreementsKept
        && (agreements.Floor is not { } floor || agreements.Totals.Keys.All(id => id > floor));

    private static bool WithoutGaps(ProviderAgreements agreements)
    {
        Amount? reached = null;
        foreach (var segment in agreements.Unacknowledged)
        {
            if (segment.To <= segment.From || (reached is { } end && segment.From != end)) return false;
            reached = segment.To;
        }
        return reached is null || reached == agreements.Credited;
    }

    // Null where the sum exceeds 2^128−1, which equals nothing and is not below anything.
    private static Amount? Sum(IEnumerable<Amount> amounts)
    {
        var sum = Amount.Zero;
        foreach (var amount in amounts)
            if (!sum.TryAdd(amount, out sum))
                return null;
        return sum;
    }
}
