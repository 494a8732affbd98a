namespace AccountantCluster.Chain;

/// <summary>
/// The one gate for everything that is learned from the chain: a block counts once enough others lie on top of it. Not safe for concurrent
/// use.
/// </summary>
public sealed class ConfirmedBlocks(IEthereumClient client, int confirmations)
{
    private Block? _newest;

    /// <summary>
    /// The newest block with <c>confirmations</c> blocks on top. Never lower than the one before, even if the node is behind. Null while
    /// the chain is too short.
    /// </summary>
    public async Task<Block?> GetNewestAsync(CancellationToken cancellation = default)
    {
        var head = await client.GetBlockNumberAsync(cancellation);
        if (head < (uint)confirmations) return _newest;
        var number = head - (uint)confirmations;
        if (_newest is not null && number <= _newest.Number) return _newest;
        return _newest = await client.GetBlockAsync(BlockReference.At(number), cancellation) ?? _newest;
    }
}
