namespace AccountantCluster.Client.WayOut;

/// <summary>One transaction of a recovery.</summary>
/// <param name="Rows">Collected first.</param>
/// <param name="Total">Settled then; null for nothing.</param>
/// <param name="ReturnsLoan">Whether the loan is paid at the end.</param>
internal sealed record RecoveryStep(IReadOnlyList<RowOnChain> Rows, TotalOnChain? Total, bool ReturnsLoan);
