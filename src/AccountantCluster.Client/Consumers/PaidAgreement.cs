using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Consumers;

/// <summary>What a consumer promised for one agreement. Amounts in token base units.</summary>
/// <param name="Latest">The latest promise; its agreement's total is the agreement's.</param>
/// <param name="Before">The agreement's total before its last increase: the difference is what a rejection may make the consumer sign
/// again.</param>
/// <param name="Resynchronisations">How often the last increase was signed again after a rejection.</param>
internal sealed record PaidAgreement(SignedPromise Latest, Amount Before, int Resynchronisations)
{
    public Amount Total => Latest.Agreement.Total;

    /// <summary>The delta of the last invoice.</summary>
    public Amount Unpaid => Total - Before;
}
