using AccountantCluster.Chain;
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
    private readonly TransactionSender _sender;
    private readonly SettlementOptions _options;
    private readonly ILogger<Settler> _logger;
    private int _round;

    /// <summary>A settler that sends with one key's lane.</summary>
    public Settler(
        IEthereumClient client,
        IChannelFacts channels,
        CollectableChannels reported,
        AccountantAddresses addresses,
        TransactionSender sender,
        SettlementOptions options,
        ILogger<Settler> logger)
    {
        _channels = channels;
        _reported = reported;
        _accountant = new AccountantContract(client, addresses.Accountant);
        _sender = sender;
        _options = options;
        _logger = logger;
    }

    /// <summary>One round over the channels known; every transaction is confirmed when it returns.</summary>
    /// <exception cref="EthereumException">The chain does not answer or refuses; the next round goes on from what is on chain then.</exception>
    public async Task SettleAsync(KnownChannels known, CancellationToken cancellation)
    {
        foreach (var rows in (await FindCollectableAsync(Candidates(known), cancellation)).Chunk(_options.RowsPerTransaction))
        {
            var receipt = await _sender.SendAsync(_accountant.Collect([.. rows.Select(ToRow)]), cancellation);
            Report("Collected", rows.Length, receipt);
        }

        foreach (var providers in FindShort(known).Chunk(_options.RowsPerTransaction))
        {
            var receipt = await _sender.SendAsync(_accountant.RebalanceChannels(providers), cancellation);
            Report("Rebalanced", providers.Length, receipt);
        }
    }

    private IReadOnlyCollection<Address> Candidates(KnownChannels known)
    {
        var reported = _reported.Take(ClusterLimits.CollectableChannels);
        return _round++ % _options.RoundsPerFullRound == 0 ? known.Consumers : reported;
    }

    private async Task<IReadOnlyList<Collectable>> FindCollectableAsync(IReadOnlyCollection<Address> candidates, CancellationToken cancellation)
    {
        var found = new List<Collectable>();
        foreach (var channels in candidates.Chunk(_options.Parallelism))
        {
            var answers = await Task.WhenAll(channels.Select(channel => _channels.GetCollectableAsync(channel, _options.ChannelDeadline, cancellation)));
            found.AddRange(answers.OfType<Collectable>().Where(one => one.Promise is not null && one.Unsettled >= _options.MinimumCollected));
        }
        // What brings most comes first: if a later transaction fails, the round was worth most.
        found.Sort((one, other) => other.Unsettled.CompareTo(one.Unsettled));
        return found;
    }

    private static IEnumerable<Address> FindShort(KnownChannels known) =>
        known.Providers.Where(provider => known.Provider(provider) is { } facts && facts.Balance < facts.Loan);

    private static PromiseToCollect ToRow(Collectable collectable)
    {
        var (promise, r) = (collectable.Promise!.Promise, collectable.Promise.R);
        return new PromiseToCollect(collectable.Channel, promise.Promise.Amount, promise.Promise.Agreement.HashStruct(), r, promise.Signature);
    }

    private void Report(string what, int rows, TransactionReceipt receipt)
    {
        _logger.LogInformation("{What} {Rows} channels in transaction {Transaction}, {Gas} gas.", what, rows, receipt.TransactionHash, receipt.GasUsed);
        foreach (var failed in receipt.Events<RowFailed>(_accountant.Address))
            _logger.LogWarning("Row {Row} of {Transaction} ({Channel}) failed: {Error}.", failed.Row, receipt.TransactionHash, failed.Subject, failed.Error);
    }
}
