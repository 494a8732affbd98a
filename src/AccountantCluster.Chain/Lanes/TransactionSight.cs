namespace AccountantCluster.Chain;

/// <summary>What is known of an order under way.</summary>
/// <param name="Receipt">Of whichever of its transactions is in a block; null where none is.</param>
/// <param name="IsKnown">Whether the node has its last transaction.</param>
/// <param name="WouldRevert">Its last transaction would revert now, on the newest block. False where that was not asked.</param>
public sealed record TransactionSight(TransactionReceipt? Receipt, bool IsKnown, bool WouldRevert);
