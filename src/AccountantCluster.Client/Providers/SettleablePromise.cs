using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// An accountant's promise with its R: whoever has it can settle it on chain, at any time and without the accountant (paper §4.2).
/// </summary>
/// <param name="Provider">Who is paid.</param>
/// <param name="Amount">Cumulative amount, in token base units.</param>
/// <param name="R">Opens the promise's hashlock; public once it is settled.</param>
/// <param name="Signature">The operator's.</param>
public sealed record SettleablePromise(Address Provider, Amount Amount, Preimage R, Signature Signature)
{
    /// <summary>As the accountant's contract takes it.</summary>
    /// <param name="fee">What the provider pays a transaction maker; null for nothing.</param>
    public PromiseToSettle ToSettle(SignedSettlementFee? fee = null) => new(Provider, Amount, R, Signature, fee);
}
