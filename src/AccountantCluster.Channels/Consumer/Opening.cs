using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// A registration that the accountant holds before it is mined (paper §4.7). It does not bind the consumer: until then another one, with
/// everything as its fee, drains the address at once. What is spent on it is the accountant's risk.
/// </summary>
/// <param name="Registration">What the consumer signed; its loan is zero.</param>
/// <param name="Signature">The consumer's, verified.</param>
/// <param name="RegistrationFee">What the registry takes, in token base units.</param>
public sealed record Opening(RegisterIdentity Registration, Signature Signature, Amount RegistrationFee)
{
    /// <summary>Unix time in seconds until which it can be mined.</summary>
    public ulong Deadline => Registration.Deadline;

    /// <summary>What registration takes from the tokens at the address, in token base units.</summary>
    public Amount Cost =>
        RegistrationFee.SaturatingAdd(Registration.Fee).SaturatingAdd(Registration.Loan);

    /// <summary>Whether there is time enough to mine it, after a block of that time (Unix seconds).</summary>
    public bool HoldsAt(ulong time) =>
        Deadline >= ChannelLimits.OpeningMarginSeconds && Deadline - ChannelLimits.OpeningMarginSeconds >= time;
}
