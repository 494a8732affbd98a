using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Statements;

/// <summary>A provider was paid, by the accountant's contract's own event. Amounts in token base units.</summary>
/// <param name="At">Where it stands.</param>
/// <param name="Beneficiary">Who got the tokens.</param>
/// <param name="Requested">The total that was to be reached.</param>
/// <param name="Paid">What was there to pay, the fee included.</param>
/// <param name="Fee">What the transaction maker got of it.</param>
/// <param name="Settled">Total of the channel after it.</param>
public sealed record ProviderPayment(LinePlace At, Address Beneficiary, Amount Requested, Amount Paid, Amount Fee, Amount Settled)
{
    /// <summary>What the beneficiary is to have received; nothing where the fee is said to be higher than the payment.</summary>
    public Amount Received => Paid.SaturatingSubtract(Fee);

    /// <summary>The line of an event.</summary>
    public static ProviderPayment Of(ProviderPromiseSettled settled) => new(
        LinePlace.Of(settled.Log), settled.Beneficiary, settled.Requested, settled.Paid, settled.Fee, settled.Settled);
}
