namespace AccountantCluster.Contracts.Tests.Gas;

/// <summary>One line of the gas table.</summary>
/// <param name="What">What the transaction does.</param>
/// <param name="Rows">How many things it does.</param>
/// <param name="Total">The receipt's gasUsed: the base cost of the transaction and its data are in it.</param>
/// <param name="Bound">Most gas per row that it may take; null for none.</param>
/// <param name="Original">What the original network's contracts take, where it is known.</param>
internal sealed record GasRow(string What, int Rows, ulong Total, ulong? Bound = null, string Original = "")
{
    /// <summary>Total ÷ rows, rounded up.</summary>
    public ulong PerRow => (Total + (ulong)Rows - 1) / (ulong)Rows;

    /// <summary>Whether it stays within its bound.</summary>
    public bool IsMet => Bound is null || PerRow <= Bound;
}
