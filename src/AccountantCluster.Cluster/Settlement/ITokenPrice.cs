namespace AccountantCluster.Cluster;

/// <summary>What the token is worth, as whoever settles sees it when a round begins.</summary>
public interface ITokenPrice
{
    /// <summary>
    /// What 10^18 base units of the token are worth, in wei: 3·10^26 for a dollar with six decimals while an ether is worth 3,000. Null
    /// where nobody knows: then no row waits for cheaper gas.
    /// </summary>
    Task<UInt128?> ReadAsync(CancellationToken cancellation);
}
