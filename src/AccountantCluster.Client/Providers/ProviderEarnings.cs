using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>Earnings of several accountants in one token, in token base units.</summary>
/// <param name="Gross">Everything accepted, fees not taken off.</param>
/// <param name="Owed">What accountants owe by the provider's own books.</param>
/// <param name="Promised">What accountants promised.</param>
/// <param name="Settleable">What of it can be settled at once.</param>
/// <param name="Refused">What accountants refused and could still collect.</param>
public readonly record struct ProviderEarnings(Amount Gross, Amount Owed, Amount Promised, Amount Settleable, Amount Refused)
{
    internal ProviderEarnings Add(ProviderStatus status) => new(
        Gross + status.Gross,
        Owed + status.Owed,
        Promised + status.Promised,
        Settleable + status.Settleable,
        Refused + status.Refused);
}
