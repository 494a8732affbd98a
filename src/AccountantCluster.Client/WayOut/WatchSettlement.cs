using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>A settlement of a watch. Amounts in token base units.</summary>
/// <param name="At">When it was confirmed.</param>
/// <param name="Reason">Why.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="Collected">What consumers' promises brought into the accountant's contract for it.</param>
/// <param name="Paid">What was paid, the fee included.</param>
/// <param name="Fee">What a transaction maker got of it.</param>
public sealed record WatchSettlement(
    DateTimeOffset At, SettlementReason Reason, Bytes32 Transaction, Amount Collected, Amount Paid, Amount Fee);
