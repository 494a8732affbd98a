using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>What a settlement did, by its transaction's own event. Amounts in token base units.</summary>
/// <param name="TransactionHash">The transaction.</param>
/// <param name="Before">What was expected of it.</param>
/// <param name="Paid">What was paid, the fee included.</param>
/// <param name="Fee">What the transaction maker got of it.</param>
/// <param name="Settled">Settled altogether after it.</param>
/// <param name="Beneficiary">Who got the rest.</param>
public sealed record SettlementReport(
    Bytes32 TransactionHash, SettlementPreview Before, Amount Paid, Amount Fee, Amount Settled, Address Beneficiary)
{
    /// <summary>What the beneficiary received.</summary>
    public Amount Received => Paid - Fee;
}
