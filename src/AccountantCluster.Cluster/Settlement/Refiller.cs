using AccountantCluster.Chain;
using AccountantCluster.Channels.Settlement;

namespace AccountantCluster.Cluster;

/// <summary>Refills provider channels up to their loans from what was collected (paper §4.5). Not safe for concurrent use.</summary>
internal sealed class Refiller(
    IEthereumClient client, AccountantAddresses addresses, SettlementOptions options, BatchSender sender, TimeProvider time)
{
    private readonly AccountantContract _accountant = new(client, addresses.Accountant);
    private readonly TokenContract _token = new(client, addresses.Token);
    private readonly ChainReader _reader = new(client, addresses.Token, addresses.Accountant);
    private readonly Waiting _waiting = new(time);

    /// <summary>Refills what is worth it. Planned on the newest block: a refill that comes too late or twice moves nothing.</summary>
    /// <exception cref="EthereumException">The chain does not answer or refuses; the next round goes on from what is on chain
    /// then.</exception>
    public async Task RefillAsync(SettlementRound round, GasQuote gas, LaneGateway lane, CancellationToken cancellation)
    {
        if (round.Known.Providers.IsEmpty || await client.GetBlockAsync(BlockReference.Latest, cancellation) is not { } head) return;
        Address[] providers = [.. round.Known.Providers];
        var read = await _reader.ReadProviderChannelsAsync(providers, head, cancellation);
        var balances = providers.Zip(read, (provider, onChain) => new ProviderBalance(provider, onChain.Balance, onChain.Loan)
        {
            Waited = _waiting.For(provider, onChain.Balance < onChain.Loan),
        }).ToArray();

        // T − L, after what was just collected.
        var held = await _token.GetBalanceAsync(addresses.Accountant, BlockReference.At(head), cancellation);
        var free = held.SaturatingSubtract(await _accountant.GetLockedFundsAsync(BlockReference.At(head), cancellation));
        var rows = RebalancePlan.Choose(balances, free, options.Refilling, gas.CostOf(sender.GasPerRow(BatchKind.Refill)));
        var taken = await sender.SendAsync(
            BatchKind.Refill,
            rows,
            batch => _accountant.RebalanceChannels([.. batch.Select(row => row.Provider)]),
            lane,
            cancellation);
        _waiting.End(taken.Select(row => row.Provider));
    }
}
