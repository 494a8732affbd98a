using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>A consumer channel that may have something to collect.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Promise">Its highest promise whose R is known.</param>
/// <param name="Settled">Total settled into the accountant at a confirmed block, in token base units.</param>
/// <param name="Deposited">Balance plus settled at the same block, in token base units.</param>
public readonly record struct CollectableChannel(Address Channel, SettleablePromise Promise, Amount Settled, Amount Deposited);
