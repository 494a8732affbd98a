namespace AccountantCluster.Chain;

/// <summary>What a transaction maker takes on, each with its reason.</summary>
public sealed record JobLimits
{
    /// <summary>Jobs under way: four times as many as a lane sends at once; each may hold 12 KiB of a recovery's call.</summary>
    public int Open { get; init; } = 64;

    /// <summary>
    /// Jobs under way of one identity with one accountant: one, because the second could not be simulated on top of the first.
    /// </summary>
    public int OpenPerChannel { get; init; } = 1;

    /// <summary>
    /// Jobs of one identity in <see cref="LossPeriod"/> that cost gas and brought nothing, before it is sent away: an honest client may be
    /// unlucky, and whoever makes a transaction revert on purpose costs three times 40,000 gas at most.
    /// </summary>
    public int LossesPerIdentity { get; init; } = 3;

    /// <summary>How long losses are held against an identity.</summary>
    public TimeSpan LossPeriod { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Consumers' promises in one recovery: 32 need 1.1 million gas and 11 KiB.</summary>
    public int RowsPerRecovery { get; init; } = 32;

    /// <summary>A signed deadline must leave this much time: gas may be dear for a while.</summary>
    public TimeSpan LeastValidity { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a job waits for cheaper gas before it is given back; what was sent is followed to its end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Jobs that are over and remembered, at 200 bytes each: an asked-again one is not done again.</summary>
    public int Remembered { get; init; } = 2_048;
}
