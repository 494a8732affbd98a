using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>
/// Checks what always holds of a provider channel (protocol §4): for tests, and for production to watch. No violation is no element.
/// </summary>
public static class ProviderChannelInvariants
{
    /// <summary>What does not hold of one state. Looks at all of it: meant for recovery and snapshots.</summary>
    public static ImmutableArray<ProviderChannelInvariant> Check(ProviderChannelState state)
    {
        var violated = ImmutableArray.CreateBuilder<ProviderChannelInvariant>();
        void Require(bool holds, ProviderChannelInvariant invariant)
        {
            if (!holds) violated.Add(invariant);
        }

        Require(Sum(Amount.Zero, state.CreditedBy.Values) == state.Gross, ProviderChannelInvariant.GrossAddsUp);
        Require(Sum(state.Revealed, state.Open.Values.Select(open => open.Credit)) == state.Gross, ProviderChannelInvariant.HashlocksAddUp);
        Require(SignedIsJustified(state) && state.Settleable <= state.Promised, ProviderChannelInvariant.SignedIsJustified);
        Require(FeeIsTakenOff(state), ProviderChannelInvariant.FeeIsTakenOff);
        Require(
            state.PendingReveals.All(reveal => reveal.Value.R.Opens(reveal.Key) && !reveal.Value.Channels.IsEmpty),
            ProviderChannelInvariant.PendingRevealsOpen);
        Require(state.KnownPreimages.Count <= ChannelLimits.PreimagesKept, ProviderChannelInvariant.PreimagesWithinLimit);
        return violated.ToImmutable();
    }

    /// <summary>What does not hold of the way from one state to the next. Cheap: meant for every event.</summary>
    public static ImmutableArray<ProviderChannelInvariant> CheckStep(ProviderChannelState before, ProviderChannelState after)
    {
        var falls = after.Gross < before.Gross || after.Revealed < before.Revealed || after.Promised < before.Promised
            || after.Settleable < before.Settleable;
        return falls ? [ProviderChannelInvariant.NothingFalls] : [];
    }

    private static bool SignedIsJustified(ProviderChannelState state)
    {
        if (state.LastSigned is not { } last) return true;
        var openable = HashSteps.OpenedBy(last.Hashlock.Value, state.Open.ContainsKey).Select(r => r.ToHashlock()).Append(last.Hashlock);
        var credit = openable.Select(hashlock => state.Open.GetValueOrDefault(hashlock, OpenHashlock.Empty).Credit);
        return Sum(state.Revealed, credit) is not { } justified || last.Gross <= justified;
    }

    private static bool FeeIsTakenOff(ProviderChannelState state)
    {
        if (state.LastSigned is not { } last) return true;
        var net = last.Gross - state.Fees.FeeOn(last.Gross);
        return net == last.Promised || (net < last.Promised && last.Promised <= state.Proven);
    }

    // Null where the sum exceeds 2^128−1, which equals nothing.
    private static Amount? Sum(Amount start, IEnumerable<Amount> amounts)
    {
        var sum = start;
        foreach (var amount in amounts)
            if (!sum.TryAdd(amount, out sum))
                return null;
        return sum;
    }
}
