using AccountantCluster.Chain;
using AccountantCluster.Channels.Openings;
using AccountantCluster.Channels.Settlement;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>Adds up what the accountant has and owes whenever all channels were asked, and is loud where it does not add up.</summary>
internal sealed class SolvencyWatch(
    IEthereumClient client,
    AccountantAddresses addresses,
    ClusterMetrics metrics,
    SettlementMetrics settlement,
    ILogger<SolvencyWatch> logger)
{
    private readonly AccountantContract _accountant = new(client, addresses.Accountant);
    private readonly TokenContract _token = new(client, addresses.Token);
    private readonly ChainReader _reader = new(client, addresses.Token, addresses.Accountant);

    // Providers need nothing on chain: whom consumers credited is known once all consumers were asked.
    private bool _knowsProviders;

    /// <summary>Providers of whom the consumer channels that were asked last have told.</summary>
    public IReadOnlySet<Address> Providers { get; private set; } = new HashSet<Address>();

    /// <summary>Adds up, where everybody to whom something may be owed was asked: not the first time.</summary>
    /// <param name="round">What provider channels answered, asked first, and the block at which the chain is read.</param>
    /// <param name="collectables">What consumer channels answered then.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public async Task<Books?> CheckAsync(
        SettlementRound round, IReadOnlyList<Collectable> collectables, CancellationToken cancellation)
    {
        var (payables, block) = (round.Owed, round.Block);
        Providers = collectables.SelectMany(one => one.Providers).ToHashSet();
        if (!_knowsProviders)
        {
            _knowsProviders = true;
            return null;
        }
        var at = BlockReference.At(block);
        var books = new Books
        {
            Held = await _token.GetBalanceAsync(addresses.Accountant, at, cancellation),
            Locked = await _accountant.GetLockedFundsAsync(at, cancellation),
        };
        var consumers = await _reader.ReadConsumerChannelsAsync([.. collectables.Select(one => one.Channel)], block, cancellation);
        foreach (var (known, onChain) in collectables.Zip(consumers))
        {
            var deposited = Deposited(onChain, round.Known.Openings);
            var (settleable, promised) = (
                Amount.Min(known.Promise?.Amount ?? Amount.Zero, deposited), Amount.Min(known.Promised, deposited));
            books = books with
            {
                Collectable = books.Collectable + settleable.SaturatingSubtract(onChain.Settled),
                Unrevealed = books.Unrevealed + promised.SaturatingSubtract(Amount.Max(settleable, onChain.Settled)),
                Credited = books.Credited + known.Credited,
            };
        }
        var providers = await _reader.ReadProviderChannelsAsync([.. payables.Select(one => one.Provider)], block, cancellation);
        foreach (var (known, onChain) in payables.Zip(providers))
            books = books with
            {
                Owed = books.Owed + known.Promised.SaturatingSubtract(onChain.Settled),
                Lent = books.Lent + onChain.Loan,
                Gross = books.Gross + known.Gross,
            };

        settlement.BooksAdded(books);
        logger.LogInformation("The accountant has {Assets} to pay {Liabilities} with.", books.Assets, books.Liabilities);
        foreach (var problem in books.Check())
        {
            metrics.InvariantViolated(problem.ToString());
            logger.LogError("The accountant's books do not add up: {Problem}. {Books}", problem, books);
        }
        return books;
    }

    // What registration leaves of the tokens counts as the accountant's, where it promised on it.
    private static Amount Deposited(ConsumerChannelOnChain channel, OpeningLedger openings) =>
        !channel.IsRegistered && openings.Openings.TryGetValue(channel.Channel, out var granted)
            ? channel.Deposited.SaturatingSubtract(granted.Opening.Cost)
            : channel.Deposited;
}
