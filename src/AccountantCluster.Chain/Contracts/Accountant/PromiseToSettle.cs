using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>One promise of the accountant to be cashed.</summary>
/// <param name="Provider">Who is paid.</param>
/// <param name="Amount">The promise's amount.</param>
/// <param name="Preimage">R.</param>
/// <param name="Signature">The operator's, over the <see cref="ProviderPromise"/>.</param>
/// <param name="Fee">What the provider pays whoever sends it; null for nothing.</param>
public sealed record PromiseToSettle(
    Address Provider, Amount Amount, Preimage Preimage, Signature Signature, SignedSettlementFee? Fee = null);

/// <summary>A fee for the transaction maker, signed by the provider.</summary>
/// <param name="Message">What was signed.</param>
/// <param name="Signature">By the provider.</param>
public sealed record SignedSettlementFee(SettlementFee Message, Signature Signature);
