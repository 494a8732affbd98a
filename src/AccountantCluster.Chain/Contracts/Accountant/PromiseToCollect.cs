using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>One promise of a consumer to be cashed into the accountant's contract.</summary>
/// <param name="Identity">The consumer; the contract derives its channel.</param>
/// <param name="Amount">The promise's amount.</param>
/// <param name="AgreementHash"><see cref="Agreement.HashStruct"/> of its agreement.</param>
/// <param name="Preimage">R.</param>
/// <param name="Signature">The consumer's, over the <see cref="ConsumerPromise"/>.</param>
public sealed record PromiseToCollect(Address Identity, Amount Amount, Bytes32 AgreementHash, Preimage Preimage, Signature Signature);
