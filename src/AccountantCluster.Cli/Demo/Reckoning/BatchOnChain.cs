using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Reckoning;

/// <summary>A transaction of the node's, by what the chain says of it.</summary>
/// <param name="Kind">What it did: <see cref="Collect"/>, <see cref="Pay"/> or <see cref="Refill"/>.</param>
/// <param name="Rows">How many channels it moved something in.</param>
/// <param name="Moved">How much, in token base units.</param>
/// <param name="GasUsed">What all of them needed together.</param>
internal sealed record BatchOnChain(string Kind, int Rows, Amount Moved, ulong GasUsed)
{
    /// <summary>Cashed consumers' promises into the accountant.</summary>
    public const string Collect = "collect from consumers";

    /// <summary>Paid providers.</summary>
    public const string Pay = "pay providers";

    /// <summary>Refilled providers' balances.</summary>
    public const string Refill = "refill balances";

    /// <summary>What a row needed, rounded up.</summary>
    public ulong GasPerRow => (GasUsed + (ulong)Rows - 1) / (ulong)Rows;

    /// <summary>All of the node's batches up to a block, in the order of the chain.</summary>
    public static async Task<IReadOnlyList<BatchOnChain>> ReadAsync(DemoChain chain, Block until, CancellationToken cancellation)
    {
        var (logs, accountant) = (new LogReader(chain.Client), chain.Profile.Accountant);
        IReadOnlyList<IReadOnlyList<Bytes32>> ofThisAccountant = [[accountant.ToBytes32()]];
        var transactions = new List<Bytes32>();
        await foreach (var log in logs.ReadAllAsync(accountant, [], 0, until.Number, cancellation)) transactions.Add(log.TransactionHash);
        await foreach (var settled in logs.ReadAsync<ConsumerPromiseSettled>(null, ofThisAccountant, 0, until.Number, cancellation))
            transactions.Add(settled.Log.TransactionHash);

        var batches = new List<(ulong Block, BatchOnChain Batch)>();
        foreach (var hash in transactions.Distinct())
        {
            var receipt = await chain.Client.GetTransactionReceiptAsync(hash, cancellation);
            if (receipt is not null && Read(receipt, accountant) is { } batch) batches.Add((receipt.BlockNumber, batch));
        }
        return [.. batches.OrderBy(one => one.Block).Select(one => one.Batch)];
    }

    // Null for what others sent: registrations, and providers who settled for themselves under an R.
    private static BatchOnChain? Read(TransactionReceipt receipt, Address accountant)
    {
        var collected = receipt.Logs
            .Select(log => log.TryRead<ConsumerPromiseSettled>(out var settled) ? settled : null)
            .OfType<ConsumerPromiseSettled>()
            .ToArray();
        if (collected.Length > 0)
            return new BatchOnChain(Collect, collected.Length, ClientRecords.Sum(collected.Select(one => one.Paid)), receipt.GasUsed);
        var paid = receipt.Events<ProviderPromiseSettled>(accountant).ToArray();
        if (paid.Length > 0)
        {
            return paid.All(one => one.Lock == default)
                ? new BatchOnChain(Pay, paid.Length, ClientRecords.Sum(paid.Select(one => one.Paid)), receipt.GasUsed)
                : null;
        }
        var refilled = receipt.Events<ChannelRebalanced>(accountant).ToArray();
        return refilled.Length == 0
            ? null
            : new BatchOnChain(Refill, refilled.Length, ClientRecords.Sum(refilled.Select(one => one.Added)), receipt.GasUsed);
    }
}
