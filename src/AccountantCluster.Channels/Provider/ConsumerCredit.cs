using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>A stretch of credit with the consumer channel that it comes from.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Segment">What it credited.</param>
public readonly record struct ConsumerCredit(Address Channel, CreditSegment Segment);
