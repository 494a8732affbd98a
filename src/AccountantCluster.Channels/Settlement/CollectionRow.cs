using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>One promise to collect.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Promise">What to hand in on chain.</param>
/// <param name="Value">What the channel pays for it, in token base units.</param>
public readonly record struct CollectionRow(Address Channel, SettleablePromise Promise, Amount Value);
