using AccountantCluster.Client.OnChain;

namespace AccountantCluster.Client.WayOut;

/// <summary>How a provider watches over its money.</summary>
public sealed record ProviderWatchOptions
{
    /// <summary>When to settle.</summary>
    public SettlementPolicy Policy { get; init; } = new();

    /// <summary>How much goes into one transaction where consumers' promises have to be collected for it.</summary>
    public RecoveryOptions Recovery { get; init; } = new();

    /// <summary>
    /// Between two looks at the chain. A notice is 4 days, so a minute misses nothing; a look costs three requests, and one more for every
    /// 25 channels.
    /// </summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// After a failure the pause doubles up to this: short against a notice, long enough for a chain that is busy or down.
    /// </summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Consumer channels that one look asks for an exit, in turn: with one look a minute 700,000 a day, four times in each notice.
    /// </summary>
    public int ChannelsPerLook { get; init; } = 500;

    /// <summary>Where the evidence is kept up to date (<see cref="EvidenceFile"/>); null: nowhere.</summary>
    public string? EvidencePath { get; init; }
}
