using AccountantCluster.Chain;
using AccountantCluster.Channels.Settlement;

namespace AccountantCluster.Cluster;

/// <summary>
/// Pays providers what was promised to them and what the accountant can collect, in the operator's packed payment (paper §4.5), so that
/// they need no transaction of their own. Totals are cumulative: a row that is sent twice pays once. Not safe for concurrent use.
/// </summary>
internal sealed class Payer(
    IEthereumClient client,
    IChannelFacts channels,
    AccountantAddresses addresses,
    SettlementOptions options,
    LaneKey key,
    BatchSender sender,
    TimeProvider time)
{
    private readonly AccountantContract _accountant = new(client, addresses.Accountant);
    private readonly ChainReader _reader = new(client, addresses.Token, addresses.Accountant);
    private readonly Waiting _waiting = new(time);

    /// <summary>What is owed to providers; those that do not answer are left out.</summary>
    public Task<IReadOnlyList<Payable>> AskAsync(IReadOnlyCollection<Address> providers, CancellationToken cancellation) =>
        ManyChannels.AskAsync(
            providers, options.Parallelism, provider => channels.GetPayableAsync(provider, options.ChannelDeadline, cancellation));

    /// <summary>Pays what is worth it.</summary>
    /// <exception cref="EthereumException">The chain does not answer or refuses; the next round goes on from what is on chain
    /// then.</exception>
    public async Task PayAsync(
        SettlementRound round, GasQuote gas, LaneGateway lane, CancellationToken cancellation)
    {
        if (options.Paying is not { } policy) return;
        using var candidates = new Candidates(round.Reports.Providers);
        Address[] asked = [.. round.IsFull ? candidates.Channels.Union(round.Known.Providers) : candidates.Channels];
        var answers = await AskAsync(asked, cancellation);
        // The contract pays on the word of an operator alone.
        if (answers.Count == 0 || !await _accountant.IsOperatorAsync(key.Signer.Address, BlockReference.Latest, cancellation)) return;

        var read = await _reader.ReadProviderChannelsAsync([.. answers.Select(answer => answer.Provider)], round.Block, cancellation);
        var found = answers.Zip(read, (answer, onChain) =>
        {
            var channel = new PayableChannel(answer.Provider, answer.Settleable, onChain.Settled, onChain.Balance, TimeSpan.Zero);
            return channel with { Waited = _waiting.For(answer.Provider, !channel.Owed.IsZero) };
        }).ToArray();
        var withdrawable = await _accountant.GetWithdrawableAsync(BlockReference.Latest, cancellation);
        var rows = PaymentPlan.Choose(found, withdrawable, policy, gas.CostOf(sender.GasPerRow(BatchKind.Pay)));
        foreach (var channel in found) candidates.Know(channel.Provider, channel.Owed);
        var taken = await sender.SendAsync(
            BatchKind.Pay,
            rows,
            batch => _accountant.PayProviders([.. batch.Select(row => new ProviderTotal(row.Provider, row.Total))]),
            lane,
            cancellation);
        candidates.Settled(taken.Select(row => row.Provider));
        _waiting.End(taken.Select(row => row.Provider));
    }
}
