using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>A consumer's promise, and what it would bring.</summary>
/// <param name="Promise">With R.</param>
/// <param name="Worth">What the channel would pay for it now: nothing where it was collected before, or the consumer has left.</param>
/// <param name="IsLeaving">Whether the consumer has requested its exit.</param>
internal sealed record RowOnChain(CollectablePromise Promise, Amount Worth, bool IsLeaving);
