using AccountantCluster.Chain;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// A consumer's promise with its R: evidence that collects into the accountant on chain, with or without the accountant's help (protocol
/// §7).
/// </summary>
/// <param name="Promise">The consumer's promise.</param>
/// <param name="R">Opens its hashlock.</param>
public sealed record CollectablePromise(SignedPromise Promise, Preimage R)
{
    /// <summary>As the accountant's contract takes it.</summary>
    public PromiseToCollect ToCollect() =>
        new(Promise.Consumer, Promise.Amount, Promise.Agreement.HashStruct(), R, Promise.Signature);
}
