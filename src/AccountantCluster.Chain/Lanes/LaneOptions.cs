namespace AccountantCluster.Chain;

/// <summary>What a lane may spend, and when it grows impatient.</summary>
public sealed record LaneOptions
{
    /// <summary>What a transaction may cost.</summary>
    public GasPolicy Gas { get; init; } = new();

    /// <summary>Blocks on top of a transaction's own before it counts as done: deeper than reorganisations of the chain go.</summary>
    public int Confirmations { get; init; } = 12;

    /// <summary>Blocks that the first transaction in the lane waits before another with higher fees takes its place.</summary>
    public int PatienceBlocks { get; init; } = 3;

    /// <summary>
    /// Transactions under way at most. Nodes keep 64 of one account in their pools, and what waits behind a stuck one is planned on old
    /// prices.
    /// </summary>
    public int MaxOpen { get; init; } = 16;

    /// <summary>Outcomes that are remembered, the newest ones: whoever asks for one has planned it not long ago.</summary>
    public int RememberedOutcomes { get; init; } = 256;
}
