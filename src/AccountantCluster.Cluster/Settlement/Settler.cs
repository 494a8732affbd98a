using AccountantCluster.Chain;
using AccountantCluster.Channels.Settlement;

namespace AccountantCluster.Cluster;

/// <summary>
/// Brings promised money home in batches: collects what consumers promised, pays providers where it is to, and refills provider channels
/// (paper §4.4, §4.5). All totals are cumulative, so that a row which is sent twice pays once: a crash at any moment is harmless. Not safe
/// for concurrent use.
/// </summary>
internal sealed class Settler(
    IEthereumClient client,
    ITokenPrice price,
    ExitWatch exits,
    Collector collector,
    Payer payer,
    Registrar registrar,
    Refiller refiller,
    SolvencyWatch solvency)
{
    /// <summary>Who wants to leave.</summary>
    public ExitWatch Exits => exits;

    /// <summary>Who is not registered yet.</summary>
    public Registrar Registrar => registrar;

    /// <summary>What is owed to all providers that are known, on chain or from consumers.</summary>
    public Task<IReadOnlyList<Payable>> AskOwedAsync(ObserverState known, CancellationToken cancellation) =>
        payer.AskAsync([.. known.Providers.Union(solvency.Providers)], cancellation);

    /// <summary>One round; every transaction is confirmed when it returns.</summary>
    /// <param name="round">What it is planned from.</param>
    /// <param name="lane">Sends the transactions.</param>
    /// <param name="cancellation">Ends the wait; what is ordered stands.</param>
    /// <exception cref="EthereumException">The chain does not answer or refuses; the next round goes on from what is on chain
    /// then.</exception>
    public async Task SettleAsync(SettlementRound round, LaneGateway lane, CancellationToken cancellation)
    {
        var fees = await client.GetFeeSuggestionAsync(cancellation);
        var gas = new GasQuote(fees.NextBaseFeePerGasWei + fees.PriorityFeePerGasWei, await price.ReadAsync(cancellation));
        var collectables = await collector.CollectAsync(round, gas, lane, cancellation);
        // A consumer channel that did not answer would be missing in what was promised.
        if (round.IsFull && collectables.Count >= round.Known.ConsumersInAll)
            await solvency.CheckAsync(round, collectables, cancellation);
        await payer.PayAsync(round, gas, lane, cancellation);
        await refiller.RefillAsync(round, gas, lane, cancellation);
    }
}
