using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>How a provider stands with one accountant. Amounts in token base units.</summary>
/// <param name="Gross">Everything accepted, the accountant's fee not taken off.</param>
/// <param name="Owed">What the accountant owes by the provider's own books.</param>
/// <param name="Promised">The accountant's highest promise that the provider holds.</param>
/// <param name="Settleable">The highest promise that can be settled at once: its R may become public.</param>
/// <param name="Refused">What the accountant refused and could still collect.</param>
/// <param name="Unanswered">Promises handed in and not answered.</param>
/// <param name="OpenWindow">The open window.</param>
/// <param name="Problem">What stands in the way.</param>
public sealed record ProviderStatus(
    Amount Gross,
    Amount Owed,
    Amount Promised,
    Amount Settleable,
    Amount Refused,
    int Unanswered,
    ChainPosition OpenWindow,
    ProviderProblem Problem)
{
    /// <summary>What the provider stands to lose, by its books and by the chain as it was last looked at.</summary>
    public ProviderRisk Risk { get; init; }
}
