namespace AccountantCluster.LocalNetwork;

/// <summary>How a local chain behaves.</summary>
public sealed record AnvilOptions
{
    /// <summary>The chain id that signatures are bound to.</summary>
    public ulong ChainId { get; init; } = 31337;

    /// <summary>Time between blocks; a block for every transaction if null. Whole seconds.</summary>
    public TimeSpan? BlockTime { get; init; }

    /// <summary>How many accounts start with 10,000 ether, 1 to 1000; see <see cref="DevelopmentAccounts"/>.</summary>
    public int FundedAccounts { get; init; } = 10;
}
