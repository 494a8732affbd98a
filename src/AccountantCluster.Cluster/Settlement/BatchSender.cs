using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Channels.Settlement;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>Sends batches through the lane, and learns what their rows cost. Not safe for concurrent use.</summary>
internal sealed class BatchSender(
    IEthereumClient client,
    AccountantAddresses addresses,
    SettlementOptions options,
    SettlementMetrics metrics,
    ILogger<BatchSender> logger)
{
    // Somewhat above what contracts/GAS.md measures for rows in a batch; what was measured here takes their place.
    private readonly Dictionary<BatchKind, ulong> _gasPerRow = new()
    {
        [BatchKind.Collect] = 50_000,
        [BatchKind.Pay] = 40_000,
        [BatchKind.Refill] = 20_000,
    };

    /// <summary>What a row of a kind needs, in gas, as far as is known.</summary>
    public ulong GasPerRow(BatchKind kind) => _gasPerRow[kind];

    /// <summary>
    /// Sends rows in as many transactions as they need, one after the other; each is confirmed when the next begins. What a transaction
    /// that failed held is planned again in the next round, from what is on chain then.
    /// </summary>
    /// <param name="kind">What they do.</param>
    /// <param name="rows">The most urgent first.</param>
    /// <param name="call">Makes the call of some of them.</param>
    /// <param name="lane">Sends.</param>
    /// <param name="cancellation">Ends the wait; what is ordered stands.</param>
    /// <returns>The rows that the contract took.</returns>
    /// <exception cref="EthereumException">The chain does not answer or refuses.</exception>
    public async Task<IReadOnlyList<TRow>> SendAsync<TRow>(
        BatchKind kind,
        ImmutableArray<TRow> rows,
        Func<ImmutableArray<TRow>, ContractCall> call,
        LaneGateway lane,
        CancellationToken cancellation)
    {
        var taken = new List<TRow>(rows.Length);
        foreach (var batch in Batches.Cut(rows, GasPerRow(kind), options.GasPerTransaction, options.RowsPerTransaction))
            taken.AddRange(await SendAsync(kind, batch, call(batch), lane, cancellation));
        return taken;
    }

    private async Task<IEnumerable<TRow>> SendAsync<TRow>(
        BatchKind kind, ImmutableArray<TRow> batch, ContractCall call, LaneGateway lane, CancellationToken cancellation)
    {
        var outcome = await lane.SendAsync(TransactionRequest.Of(call), cancellation);
        if (outcome.Kind != LaneOutcomeKind.Done)
        {
            logger.LogError("{Kind}: transaction {Hash} with {Rows} rows is {Outcome}.", kind, outcome.Hash, batch.Length, outcome.Kind);
            return [];
        }
        // A quarter more than the last one needed: the rows of the next may be first ones.
        _gasPerRow[kind] = outcome.GasUsed / (ulong)batch.Length * 5 / 4;
        var failed = await FindFailedAsync(kind, outcome, cancellation);
        metrics.Settled(kind, batch.Length - failed.Count, failed.Count, outcome.GasUsed);
        logger.LogInformation(
            "{Kind}: {Rows} rows in transaction {Transaction}, {Gas} gas, {GasPerRow} per row.",
            kind,
            batch.Length,
            outcome.Hash,
            outcome.GasUsed,
            outcome.GasUsed / (ulong)batch.Length);
        return batch.Where((_, row) => !failed.Contains(row));
    }

    // A bad row fails alone.
    private async Task<HashSet<int>> FindFailedAsync(BatchKind kind, LaneOutcome outcome, CancellationToken cancellation)
    {
        var failed = new HashSet<int>();
        if (await client.GetTransactionReceiptAsync(outcome.Hash, cancellation) is not { } receipt) return failed;
        foreach (var row in receipt.Events<RowFailed>(addresses.Accountant))
        {
            failed.Add((int)row.Row);
            logger.LogWarning(
                "{Kind}: row {Row} of {Transaction} ({Channel}) failed: {Error}.", kind, row.Row, outcome.Hash, row.Subject, row.Error);
        }
        return failed;
    }
}
