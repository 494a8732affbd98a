using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// Protocol §4 rule 6: how much credit may wait for its R. Until R is known the accountant cannot collect, so what it can lose to a
/// consumer and providers that work together is bounded by K × E per channel.
/// </summary>
internal static class Exposure
{
    /// <summary>None where the staircase, with the new credit on it, stays within the policy.</summary>
    public static RejectionReason Judge(in Staircase staircase, Address provider, Hashlock hashlock, Amount delta, ChannelPolicy policy)
    {
        var (isExposed, exposed, windows) = (false, Amount.Zero, 0);
        var providers = new HashSet<Address>();
        foreach (var rung in staircase.Rungs)
        {
            providers.Add(rung.Provider);
            if (rung.Provider != provider) continue;
            isExposed |= rung.Hashlock == hashlock;
            exposed += rung.Credit;
            windows++;
        }

        // Revealed, or covered by what is settleable: nothing waits.
        if (!isExposed) return RejectionReason.None;
        if (delta > policy.ExposureLimit) return RejectionReason.DeltaTooLarge;
        return exposed > policy.ExposureLimit || windows > policy.WindowLimit || providers.Count > policy.ProviderLimit
            ? RejectionReason.RevealFirst
            : RejectionReason.None;
    }
}
