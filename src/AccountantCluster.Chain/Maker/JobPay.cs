using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What a job pays the transaction maker, in token base units, inside the same call.</summary>
/// <param name="Least">What was agreed: with less it is not sent.</param>
/// <param name="TotalFee">The signed fee: all of it for a registration, cumulative for a provider channel (protocol §3).</param>
/// <param name="MinSettled">Nothing is paid unless the provider channel's settled total reaches this; zero for a registration.</param>
/// <param name="Promised">Total that the accountant promised; zero for a registration.</param>
public sealed record JobPay(Amount Least, Amount TotalFee, Amount MinSettled, Amount Promised)
{
    /// <summary>
    /// What a provider channel's settlement pays: min(max(0, totalFee − feesPaid), paid), nothing unless enough is settled.
    /// </summary>
    /// <param name="channel">The channel before it.</param>
    /// <param name="paid">What the settlement would pay.</param>
    public Amount OnSettlement(ProviderChannelOnChain channel, Amount paid) =>
        channel.Settled.TryAdd(paid, out var settled) && settled >= MinSettled
            ? Amount.Min(TotalFee.SaturatingSubtract(channel.FeesPaid), paid)
            : Amount.Zero;

    /// <summary>Whether a channel has had all that this job is for, whoever did it.</summary>
    /// <param name="channel">The channel now.</param>
    public bool IsDoneOn(ProviderChannelOnChain channel) => !Promised.IsZero && channel.Settled >= Promised && channel.FeesPaid >= TotalFee;
}
