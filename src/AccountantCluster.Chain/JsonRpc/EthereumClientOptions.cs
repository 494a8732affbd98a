namespace AccountantCluster.Chain;

/// <summary>Limits of a client towards its node; the defaults suit public nodes.</summary>
public sealed record EthereumClientOptions
{
    /// <summary>
    /// One HTTP request, a batch included, is given up after this. Nodes answer in milliseconds; a call that takes longer is better asked
    /// again.
    /// </summary>
    public TimeSpan RequestDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Calls in one HTTP request. Public nodes accept 100; more saves little.</summary>
    public int MaxCallsPerRequest { get; init; } = 100;

    /// <summary>The largest answer that is read. 10,000 logs are about 10 MB; an answer without end must not fill the memory.</summary>
    public int MaxResponseBytes { get; init; } = 32 * 1024 * 1024;
}
