using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>What a transaction maker is told besides where its registry is. The defaults are a demo's.</summary>
internal sealed record MakerTold
{
    /// <summary>Address and port that it listens on; port 0 takes any.</summary>
    public string Listen { get; init; } = "127.0.0.1:0";

    /// <summary>What 10^18 units of the token are worth, in wei: so much that the least fee covers the gas.</summary>
    public string WeiPerToken { get; init; } = "100000000000000000000000000000000000000";

    /// <summary>The least fee, in token base units.</summary>
    public Amount MinimumFee { get; init; } = DemoScale.TransactionMakerFee;

    /// <summary>Seconds for which a quote holds.</summary>
    public double QuoteSeconds { get; init; } = 60;

    /// <summary>Jobs of one network address a minute: everybody is on this machine.</summary>
    public int JobsPerMinute { get; init; } = 600;
}
