using AccountantCluster.Chain;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Tells the channels what confirmed blocks say (protocol §4). One gate for everything: a block counts once enough others lie on top of it. Facts are
/// cumulative, so one that is told twice, or again after a restart, changes nothing. Not safe for concurrent use.
/// </summary>
public sealed class ChainObserver
{
    private readonly IChannelFacts _channels;
    private readonly AccountantContract _accountant;
    private readonly SettlementOptions _options;
    private readonly ILogger<ChainObserver> _logger;
    private readonly ConfirmedBlocks _blocks;
    private readonly LogReader _logs;
    private readonly ChainReader _reader;
    private readonly Address _registry;
    private readonly Queue<(Address Provider, Preimage R)> _reveals = new();
    private ulong _nextBlock;

    /// <summary>An observer that begins at the registry's first block.</summary>
    public ChainObserver(
        IEthereumClient client,
        IChannelFacts channels,
        AccountantAddresses addresses,
        SettlementOptions options,
        ILogger<ChainObserver> logger)
    {
        _channels = channels;
        _options = options;
        _logger = logger;
        _accountant = new AccountantContract(client, addresses.Accountant);
        _registry = addresses.Registry;
        _blocks = new ConfirmedBlocks(client, options.Confirmations);
        _logs = new LogReader(client);
        _reader = new ChainReader(client, addresses.Token, addresses.Accountant);
        _nextBlock = options.FirstBlock;
    }

    /// <summary>All channels found so far.</summary>
    public KnownChannels Known { get; } = new();

    /// <summary>The newest block whose facts were told; null before the first.</summary>
    public ulong? Observed { get; private set; }

    /// <summary>
    /// Looks at the newest confirmed block and tells every channel that has news. Returns that block; null while there is none. A channel that does not
    /// answer is told again at the next look.
    /// </summary>
    /// <exception cref="EthereumException">The chain does not answer; nothing is lost, look again.</exception>
    public async Task<Block?> ObserveAsync(CancellationToken cancellation)
    {
        var block = await _blocks.GetNewestAsync(cancellation);
        if (block is null) return null;
        if (block.Number >= _nextBlock)
        {
            await DiscoverAsync(_nextBlock, block.Number, cancellation);
            _nextBlock = block.Number + 1;
        }

        await TellRevealsAsync(cancellation);
        await TellConsumersAsync(block, cancellation);
        await TellProvidersAsync(block, cancellation);
        Observed = block.Number;
        return block;
    }

    private async Task DiscoverAsync(ulong from, ulong to, CancellationToken cancellation)
    {
        IReadOnlyList<IReadOnlyList<Bytes32>> ofThisAccountant = [[], [_accountant.Address.ToBytes32()]];
        await foreach (var registered in _logs.ReadAsync<IdentityRegistered>(_registry, ofThisAccountant, from, to, cancellation))
        {
            Known.AddConsumer(registered.Channel);
            if (!registered.Loan.IsZero) Known.AddProvider(registered.Identity);
        }

        await foreach (var increased in _logs.ReadAsync<LoanIncreased>(_accountant.Address, [], from, to, cancellation))
            Known.AddProvider(increased.Provider);

        // R in a settlement is public: it counts as revealed (protocol §5).
        await foreach (var settled in _logs.ReadAsync<ProviderPromiseSettled>(_accountant.Address, [], from, to, cancellation))
        {
            Known.AddProvider(settled.Provider);
            _reveals.Enqueue((settled.Provider, settled.Lock));
        }
    }

    private async Task TellRevealsAsync(CancellationToken cancellation)
    {
        while (_reveals.TryPeek(out var next))
        {
            if (!await _channels.ObserveRevealAsync(next.Provider, next.R, _options.ChannelDeadline, cancellation))
            {
                _logger.LogWarning("Provider channel {Provider} did not take in an R from the chain; it is told again.", next.Provider);
                return;
            }
            _reveals.Dequeue();
        }
    }

    private async Task TellConsumersAsync(Block block, CancellationToken cancellation)
    {
        var read = await _reader.ReadConsumerChannelsAsync([.. Known.Consumers], block, cancellation);
        var news = read
            .Select(channel => (channel.Channel, Facts: new ConsumerChannelFacts(
                block.Number, channel.IsRegistered, Sum(channel.Balance, channel.Settled), channel.Settled, Exiting: false)))
            .Where(told => Known.Consumer(told.Channel) is not { } before || before with { Block = 0 } != told.Facts with { Block = 0 });
        await EachAsync(news, async (told, stop) =>
        {
            var taken = await _channels.ObserveConsumerChannelAsync(told.Channel, told.Facts, _options.ChannelDeadline, stop);
            return () => Note(taken, told.Channel, () => Known.Told(told.Channel, told.Facts));
        }, cancellation);
    }

    private async Task TellProvidersAsync(Block block, CancellationToken cancellation)
    {
        Address[] providers = [.. Known.Providers];
        var read = await _reader.ReadProviderChannelsAsync(providers, block, cancellation);
        var news = providers
            .Zip(read, (provider, channel) =>
                (Provider: provider, Facts: new ProviderChannelFacts(block.Number, channel.Balance, channel.Loan, channel.Settled)))
            .Where(told => Known.Provider(told.Provider) is not { } before || before with { Block = 0 } != told.Facts with { Block = 0 });
        await EachAsync(news, async (told, stop) =>
        {
            var taken = await _channels.ObserveProviderChannelAsync(told.Provider, told.Facts, _options.ChannelDeadline, stop);
            return () => Note(taken, told.Provider, () => Known.Told(told.Provider, told.Facts));
        }, cancellation);
    }

    private void Note(bool taken, Address channel, Action remember)
    {
        if (taken) remember();
        else _logger.LogWarning("Channel {Channel} did not take in what the chain says; it is told again.", channel);
    }

    // Tells many at once; what follows from the answers is done by the caller alone, after them.
    private async Task EachAsync<T>(IEnumerable<T> news, Func<T, CancellationToken, Task<Action>> tell, CancellationToken cancellation)
    {
        foreach (var some in news.ToArray().Chunk(_options.Parallelism))
            foreach (var note in await Task.WhenAll(some.Select(one => tell(one, cancellation))))
                note();
    }

    // A plain token's supply is below 2^128, so the sum fits; what only a careless token can say is capped instead of stopping all others.
    private static Amount Sum(Amount balance, Amount settled) => balance.TryAdd(settled, out var sum) ? sum : Amount.MaxValue;
}
