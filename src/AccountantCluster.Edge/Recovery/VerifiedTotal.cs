using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>What the edge says of the accountant's promise that is brought as evidence.</summary>
/// <param name="Reason">None: it is one.</param>
/// <param name="Promise">The promise; only where nothing speaks against it.</param>
/// <param name="R">Opens its hashlock; likewise.</param>
internal readonly record struct VerifiedTotal(RejectionReason Reason, ProviderPromise Promise, Preimage R)
{
    public static implicit operator VerifiedTotal(RejectionReason reason) => new(reason, default, default);
}
