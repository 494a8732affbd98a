namespace AccountantCluster.Chain;

/// <summary>What follows from an <see cref="IEthereumClient"/>, whatever stands behind it.</summary>
public static class EthereumClientExtensions
{
    /// <summary>The newest block.</summary>
    /// <exception cref="EthereumException">The node does not answer, or has none.</exception>
    public static async Task<Block> GetNewestBlockAsync(this IEthereumClient client, CancellationToken cancellation = default) =>
        await client.GetBlockAsync(BlockReference.Latest, cancellation)
        ?? throw new EthereumUnavailableException("The node has no newest block.");
}
