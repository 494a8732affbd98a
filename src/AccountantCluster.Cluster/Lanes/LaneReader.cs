using AccountantCluster.Chain;

namespace AccountantCluster.Cluster;

/// <summary>Looks at the chain for a lane. Safe for concurrent use.</summary>
/// <param name="client">The chain.</param>
/// <param name="sender">Whose lane it is.</param>
/// <param name="options">When the lane grows impatient.</param>
internal sealed class LaneReader(IEthereumClient client, Address sender, LaneOptions options)
{
    /// <summary>What the chain shows of the orders under way.</summary>
    /// <exception cref="EthereumException">It does not answer.</exception>
    public async Task<LaneSight> ReadAsync(IReadOnlyCollection<LaneTransaction> open, CancellationToken cancellation)
    {
        var head = await client.GetBlockNumberAsync(cancellation);
        var confirmed = BlockReference.At(head - Math.Min(head, (ulong)options.Confirmations));
        var count = await client.GetTransactionCountAsync(sender, confirmed, cancellation);
        var pending = await client.GetTransactionCountAsync(sender, BlockReference.Pending, cancellation);
        var seen = new Dictionary<ulong, TransactionSight>();
        var isFirst = true;
        foreach (var transaction in open)
        {
            var receipt = await FindReceiptAsync(client, transaction, cancellation);
            seen[transaction.Nonce] = receipt is not null
                ? new TransactionSight(receipt, IsKnown: true, WouldRevert: false)
                : new TransactionSight(
                    Receipt: null,
                    await client.KnowsTransactionAsync(transaction.Last.Hash, cancellation),
                    // One behind it may need what the first does.
                    isFirst && await WouldRevertAsync(transaction, head, cancellation));
            isFirst &= receipt is not null;
        }
        return new LaneSight(head, count, pending, await client.GetFeeSuggestionAsync(cancellation), seen);
    }

    /// <summary>The receipt of whichever of an order's transactions is in a block; null where none is.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public static async Task<TransactionReceipt?> FindReceiptAsync(
        IEthereumClient client, LaneTransaction transaction, CancellationToken cancellation)
    {
        // The newest first: that one was handed in last.
        foreach (var attempt in transaction.Attempts.Reverse())
        {
            if (await client.GetTransactionReceiptAsync(attempt.Hash, cancellation) is { } receipt) return receipt;
        }
        return null;
    }

    private async Task<bool> WouldRevertAsync(LaneTransaction transaction, ulong head, CancellationToken cancellation)
    {
        if (!transaction.HasWaited(head, options.PatienceBlocks) || transaction.Last.Cancels) return false;
        try
        {
            await client.SimulateAsync(sender, transaction.Request, BlockReference.Latest, cancellation);
            return false;
        }
        catch (ContractRevertedException)
        {
            return true;
        }
    }
}
