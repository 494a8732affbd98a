using AccountantCluster.Chain;
using AccountantCluster.Channels.Settlement;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Brings promised money home in batches: collects what consumers promised, then refills the provider channels from it (paper §4.4, §4.5). Anyone could
/// send these transactions, and a row sent twice pays nothing twice, so a crash at any moment is harmless. Not safe for concurrent use.
/// </summary>
public sealed class Settler
{
    private readonly IChannelFacts _channels;
    private readonly CollectableChannels _reported;
    private readonly AccountantContract _accountant;
    private readonly TokenContract _token;
    private readonly IEthereumClient _client;
    private readonly SettlementOptions _options;
    private readonly ILogger<Settler> _logger;
    private int _round;

    /// <summary>A settler of one accountant.</summary>
    public Settler(
        IEthereumClient client,
        IChannelFacts channels,
        CollectableChannels reported,
        AccountantAddresses addresses,
        SettlementOptions options,
        ILogger<Settler> logger)
    {
        _channels = channels;
        _reported = reported;
        _accountant = new AccountantContract(client, addresses.Accountant);
        _token = new TokenContract(client, addresses.Token);
        _client = client;
        _options = options;
        _logger = logger;
    }

    /// <summary>One round over the channels known; every transaction is confirmed when it returns.</summary>
    /// <param name="known">What the observer has found.</param>
    /// <param name="lane">Sends the transactions.</param>
    /// <param name="cancellation">Ends the wait; what is ordered stands.</param>
    /// <exception cref="EthereumException">The chain does not answer or refuses; the next round goes on from what is on chain then.</exception>
    public async Task SettleAsync(KnownChannels known, LaneGateway lane, CancellationToken cancellation)
    {
        // Without a limit of rows: the best come first, and one transaction takes as many as it can hold.
        var collections = CollectionPlan.Choose(await FindCollectableAsync(known, cancellation), _options.MinimumCollected, int.MaxValue);
        foreach (var rows in collections.Chunk(_options.RowsPerTransaction))
        {
            var collect = _accountant.Collect([.. rows.Select(row => ToRow(row, known.IdentityOf(row.Channel)))]);
            await SendAsync("Collected", rows.Length, collect, lane, cancellation);
        }

        var free = await ReadFreeAsync(cancellation);
        var refills = RebalancePlan.Choose(Balances(known), free, minimum: Amount.Zero, int.MaxValue);
        foreach (var rows in refills.Chunk(_options.RowsPerTransaction))
        {
            var rebalance = _accountant.RebalanceChannels([.. rows.Select(row => row.Provider)]);
            await SendAsync("Rebalanced", rows.Length, rebalance, lane, cancellation);
        }
    }

    private async Task<IReadOnlyList<CollectableChannel>> FindCollectableAsync(KnownChannels known, CancellationToken cancellation)
    {
        var reported = _reported.Take(ClusterLimits.CollectableChannels);
        var candidates = _round++ % _options.RoundsPerFullRound == 0 ? known.Consumers : reported;
        var found = new List<CollectableChannel>();
        foreach (var channels in candidates.Chunk(_options.Parallelism))
        {
            var answers = await Task.WhenAll(channels.Select(channel => _channels.GetCollectableAsync(channel, _options.ChannelDeadline, cancellation)));
            foreach (var answer in answers)
                if (answer is { Promise: { } promise } && known.Consumer(answer.Channel) is { } facts)
                    found.Add(new CollectableChannel(answer.Channel, promise, facts.Settled, facts.Deposited));
        }
        return found;
    }

    // T − L, after what was just collected.
    private async Task<Amount> ReadFreeAsync(CancellationToken cancellation)
    {
        var held = await _token.GetBalanceAsync(_accountant.Address, BlockReference.Latest, cancellation);
        return held.SaturatingSubtract(await _accountant.GetLockedFundsAsync(BlockReference.Latest, cancellation));
    }

    private static IEnumerable<ProviderBalance> Balances(KnownChannels known)
    {
        foreach (var provider in known.Providers)
            if (known.Provider(provider) is { } facts)
                yield return new ProviderBalance(provider, facts.Balance, facts.Loan);
    }

    private static PromiseToCollect ToRow(CollectionRow row, Address consumer)
    {
        var (promise, r) = (row.Promise.Promise, row.Promise.R);
        return new PromiseToCollect(consumer, promise.Promise.Amount, promise.Promise.Agreement.HashStruct(), r, promise.Signature);
    }

    private async Task SendAsync(string what, int rows, ContractCall call, LaneGateway lane, CancellationToken cancellation)
    {
        var outcome = await lane.SendAsync(TransactionRequest.Of(call), cancellation);
        if (outcome.Kind != LaneOutcomeKind.Done)
        {
            // Not the round's end: what follows is planned from what is on chain then.
            _logger.LogError("{What} nothing of {Rows} channels: transaction {Hash} is {Kind}.", what, rows, outcome.Hash, outcome.Kind);
            return;
        }
        _logger.LogInformation("{What} {Rows} channels in transaction {Transaction}, {Gas} gas.", what, rows, outcome.Hash, outcome.GasUsed);
        if (await _client.GetTransactionReceiptAsync(outcome.Hash, cancellation) is not { } receipt) return;
        foreach (var failed in receipt.Events<RowFailed>(_accountant.Address))
            _logger.LogWarning("Row {Row} of {Transaction} ({Channel}) failed: {Error}.", failed.Row, outcome.Hash, failed.Subject, failed.Error);
    }
}
