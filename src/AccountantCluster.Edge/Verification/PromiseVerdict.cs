using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>What the edge says of one promise before anything is looked up.</summary>
/// <param name="Reason">None: well-formed, signed by the consumer, and for the one who hands it in.</param>
/// <param name="Promise">The promise; only where nothing speaks against it.</param>
internal readonly record struct PromiseVerdict(RejectionReason Reason, VerifiedPromise Promise)
{
    public static implicit operator PromiseVerdict(RejectionReason reason) => new(reason, default);
}
