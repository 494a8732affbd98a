using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// What a provider stands to lose with one accountant (protocol §6): (promised − settled) + (loan − balance) + handed in and unanswered or
/// refused. Only the balance is guaranteed. Amounts in token base units.
/// </summary>
/// <param name="Promised">The accountant's highest promise that the provider holds.</param>
/// <param name="Settled">What the chain says was settled; zero while nobody has looked, so that the risk is never shown too low.</param>
/// <param name="Loan">What the provider lent; zero while nobody has looked.</param>
/// <param name="Balance">The channel's guaranteed balance; zero while nobody has looked.</param>
/// <param name="Unanswered">Handed in, and no promise of the accountant covers it yet.</param>
/// <param name="Refused">Handed in and refused.</param>
public readonly record struct ProviderRisk(
    Amount Promised, Amount Settled, Amount Loan, Amount Balance, Amount Unanswered, Amount Refused)
{
    /// <summary>Promised and not settled.</summary>
    public Amount Unsettled => Promised.SaturatingSubtract(Settled);

    /// <summary>
    /// What of promises and loan the balance does not cover. A balance that the operator raised above the loan covers promises, too.
    /// </summary>
    public Amount OnChain => Unsettled.SaturatingAdd(Loan).SaturatingSubtract(Balance);

    /// <summary>All of it.</summary>
    public Amount Total => OnChain.SaturatingAdd(Unanswered).SaturatingAdd(Refused);
}
