using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>Whether the accountant holds a registration, and what it is good for.</summary>
/// <param name="Reason">
/// None: it holds it. ALREADY_COVERED, a success: the channel is registered, or another one is held that holds as long.
/// </param>
/// <param name="Spendable">What the consumer can promise in all now, in token base units.</param>
public readonly record struct OpeningAnswer(RejectionReason Reason, Amount Spendable);
