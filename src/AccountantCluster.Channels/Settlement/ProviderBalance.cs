using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>A provider channel as one confirmed block has it.</summary>
/// <param name="Provider">Identity of the provider.</param>
/// <param name="Balance">Guaranteed to the provider, in token base units.</param>
/// <param name="Loan">What the balance is refilled up to, in token base units.</param>
public readonly record struct ProviderBalance(Address Provider, Amount Balance, Amount Loan)
{
    /// <summary>For how long the balance has been below the loan, as far as is known.</summary>
    public TimeSpan Waited { get; init; }
}
