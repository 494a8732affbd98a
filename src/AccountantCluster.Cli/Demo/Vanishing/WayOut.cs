using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.Providers;

namespace AccountantCluster.Cli.Demo.Vanishing;

/// <summary>
/// How providers get their money where no accountant answers any more: they hold all that it takes, and the chain does the rest. Whoever
/// likes sends it.
/// </summary>
internal sealed class WayOut(AccountantSide vanished, TimeProvider time)
{
    /// <summary>
    /// Brings consumers' promises home with the providers' evidence, cashes the accountant's promises, and refills the providers' balances:
    /// in this order it is the consumers' money that pays, and not what the providers lent.
    /// </summary>
    /// <returns>The promise that each provider cashed, in the order of the providers.</returns>
    public async Task<IReadOnlyList<SettleablePromise>> RunAsync(CancellationToken cancellation)
    {
        var (chain, providers) = (vanished.Chain, vanished.Parties.Providers);
        // First, so that the evidence covers what is settled: more may become public meanwhile.
        var promises = providers
            .Select(provider => provider.Account.Settleable
                ?? throw new DemoFailedException($"{provider.Party.Name} holds nothing to settle."))
            .ToArray();
        foreach (var provider in providers)
        {
            var rows = provider.Account.Evidence.Select(evidence => evidence.ToCollect()).ToArray();
            await chain.TransactionMaker.SendAsync(chain.Accountant.Collect(rows), cancellation);
        }
        var settlement = new Settlement(chain, time);
        foreach (var (provider, promise) in providers.Zip(promises)) await settlement.SettleAsync(provider, promise, cancellation);
        await chain.TransactionMaker.SendAsync(
            chain.Accountant.RebalanceChannels([.. providers.Select(provider => provider.Party.Identity)]), cancellation);
        return promises;
    }
}
