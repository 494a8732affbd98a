using AccountantCluster.Protocol;

namespace AccountantCluster.Channels;

/// <summary>
/// A stretch of what one consumer channel credited to one provider: the provider's total rose from <paramref name="From"/> to
/// <paramref name="To"/> under one hashlock. Naming both ends makes it idempotent: the receiver counts only what lies above the total it
/// knows, and sees a gap where something before it is missing.
/// </summary>
/// <param name="Hashlock">The hashlock that the credit waits for.</param>
/// <param name="From">Total before, in token base units.</param>
/// <param name="To">Total after, in token base units; above <paramref name="From"/>.</param>
public readonly record struct CreditSegment(Hashlock Hashlock, Amount From, Amount To);
