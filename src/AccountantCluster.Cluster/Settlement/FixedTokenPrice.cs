namespace AccountantCluster.Cluster;

/// <summary>A price that somebody chose.</summary>
/// <param name="weiPerToken">The price; null where nobody did.</param>
public sealed class FixedTokenPrice(UInt128? weiPerToken) : ITokenPrice
{
    /// <inheritdoc/>
    public Task<UInt128?> ReadAsync(CancellationToken cancellation) => Task.FromResult(weiPerToken);
}
