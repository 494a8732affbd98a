using AccountantCluster.Chain;
using AccountantCluster.Channels.Settlement;

namespace AccountantCluster.Cluster;

/// <summary>
/// Cashes consumers' promises into the accountant (paper §4.5), and in time where a consumer wants to leave. Not safe for concurrent use.
/// </summary>
internal sealed class Collector(
    IEthereumClient client,
    IChannelFacts channels,
    AccountantAddresses addresses,
    SettlementOptions options,
    BatchSender sender,
    ExitWatch exits,
    TimeProvider time)
{
    private readonly AccountantContract _accountant = new(client, addresses.Accountant);
    private readonly ChainReader _reader = new(client, addresses.Token, addresses.Accountant);
    private readonly Waiting _waiting = new(time);

    /// <summary>Collects what is worth it, and returns what the channels that were asked have answered.</summary>
    /// <exception cref="EthereumException">The chain does not answer or refuses; the next round goes on from what is on chain
    /// then.</exception>
    public async Task<IReadOnlyList<Collectable>> CollectAsync(
        SettlementRound round, GasQuote gas, LaneGateway lane, CancellationToken cancellation)
    {
        var leaving = round.Exits.Select(exit => exit.Channel).ToHashSet();
        using var candidates = new Candidates(round.Reports.Consumers);
        // Those that are not registered have nothing to collect, and promised all the same.
        var some = round.IsFull
            ? round.Known.Consumers.Keys.Union(round.Known.Openings.Openings.Keys)
            : candidates.Channels.Where(round.Known.Consumers.ContainsKey);
        Address[] asked = [.. some.Union(leaving)];
        var answers = await ManyChannels.AskAsync(
            asked, options.Parallelism, channel => channels.GetCollectableAsync(channel, options.ChannelDeadline, cancellation));
        var found = await ReadAsync(
            [.. answers.Where(answer => round.Known.Consumers.ContainsKey(answer.Channel))], leaving, round.Block, cancellation);
        exits.Judge(round.Exits, found, answers);

        var rows = CollectionPlan.Choose(found, options.Collecting, gas.CostOf(sender.GasPerRow(BatchKind.Collect)));
        foreach (var channel in found) candidates.Know(channel.Channel, channel.Value);
        var taken = await sender.SendAsync(
            BatchKind.Collect,
            rows,
            batch => _accountant.Collect([.. batch.Select(row => ToCall(row, round.Known.Consumers[row.Channel]))]),
            lane,
            cancellation);
        candidates.Settled(taken.Select(row => row.Channel));
        _waiting.End(taken.Select(row => row.Channel));
        exits.Collected(taken.Select(row => row.Channel));
        return answers;
    }

    // What a channel pays is the chain's word, at the newest confirmed block.
    private async Task<IReadOnlyList<CollectableChannel>> ReadAsync(
        IReadOnlyList<Collectable> answers, HashSet<Address> leaving, Block block, CancellationToken cancellation)
    {
        var settleable = answers.Where(answer => answer.Promise is not null).ToArray();
        var read = await _reader.ReadConsumerChannelsAsync([.. settleable.Select(answer => answer.Channel)], block, cancellation);
        return [.. settleable.Zip(read, (answer, onChain) =>
        {
            var channel = new CollectableChannel(answer.Channel, answer.Promise!, onChain.Settled, onChain.Deposited);
            return channel with
            {
                Waited = _waiting.For(answer.Channel, !channel.Value.IsZero),
                IsExiting = leaving.Contains(answer.Channel),
            };
        })];
    }

    private static PromiseToCollect ToCall(CollectionRow row, Address consumer)
    {
        var (promise, r) = (row.Promise.Promise, row.Promise.R);
        return new PromiseToCollect(consumer, promise.Promise.Amount, promise.Promise.Agreement.HashStruct(), r, promise.Signature);
    }
}
