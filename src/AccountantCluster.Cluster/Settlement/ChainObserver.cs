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
    private readonly IEthereumClient _client;
    private readonly IChannelFacts _channels;
    private readonly AccountantContract _accountant;
    private readonly SettlementOptions _options;
    private readonly ILogger<ChainObserver> _logger;
    private readonly ConfirmedBlocks _blocks;
    private readonly LogReader _logs;
    private readonly ChainReader _reader;
    private readonly Address _registry;
    private readonly Queue<(Address Provider, Preimage R)> _reveals = new();

    // Where an exit request was seen above the newest confirmed block. The sight ends with a confirmed block of that height, whatever it says.
    private readonly Dictionary<Address, ulong> _sightings = [];
    private ulong _nextBlock;

    // The newest block of which nothing is left to tell.
    private Block? _told;

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
        _client = client;
        _accountant = new AccountantContract(client, addresses.Accountant);
        _registry = addresses.Registry;
        _blocks = new ConfirmedBlocks(client, options.Confirmations);
        _logs = new LogReader(client);
        _reader = new ChainReader(client, addresses.Token, addresses.Accountant);
        _nextBlock = options.FirstBlock;
    }

    /// <summary>All channels found so far.</summary>
    public KnownChannels Known { get; } = new();

    /// <summary>
    /// Looks at the newest confirmed block and tells every channel that has news, and some that have heard nothing for long. Returns that
    /// block; null while there is none. A channel that does not take in its news is told again at the next look.
    /// </summary>
    /// <exception cref="EthereumException">The chain does not answer; nothing is lost, look again.</exception>
    public async Task<Block?> ObserveAsync(CancellationToken cancellation)
    {
        var block = await _blocks.GetNewestAsync(cancellation);
        if (block is null) return null;
        // Channels first: after a start none is known yet, and who wants to leave is looked up among them.
        if (block.Number >= _nextBlock)
        {
            await DiscoverAsync(_nextBlock, block.Number, cancellation);
            _nextBlock = block.Number + 1;
        }
        await SightExitsAsync(block.Number + 1, cancellation);
        if (block == _told) return block;

        var (reveals, consumers, providers) = (
            await TellRevealsAsync(cancellation), await TellConsumersAsync(block, cancellation), await TellProvidersAsync(block, cancellation));
        if (reveals && consumers && providers) _told = block;
        return block;
    }

    // An exit counts from its first sight: what is accepted after it may be gone when it can be collected. All blocks that are not confirmed are
    // looked at each time, because a reorganisation may move a request.
    private async Task SightExitsAsync(ulong from, CancellationToken cancellation)
    {
        var head = await _client.GetBlockNumberAsync(cancellation);
        if (head < from) return;
        IReadOnlyList<IReadOnlyList<Bytes32>> ofThisAccountant = [[_accountant.Address.ToBytes32()]];
        await foreach (var requested in _logs.ReadAsync<ExitRequested>(null, ofThisAccountant, from, head, cancellation))
        {
            // Anybody can write such a log; a channel is one that the registry told of.
            var (channel, block) = (requested.Log.Contract, requested.Log.BlockNumber);
            if (!Known.HasConsumer(channel) || _sightings.GetValueOrDefault(channel) >= block) continue;
            if (await _channels.ObserveExitRequestAsync(channel, block, _options.ChannelDeadline, cancellation)) _sightings[channel] = block;
            else _logger.LogWarning("Channel {Channel} did not take in that its consumer wants to leave; it is told again.", channel);
        }
    }

    private async Task DiscoverAsync(ulong from, ulong to, CancellationToken cancellation)
    {
        IReadOnlyList<IReadOnlyList<Bytes32>> ofThisAccountant = [[], [_accountant.Address.ToBytes32()]];
        await foreach (var registered in _logs.ReadAsync<IdentityRegistered>(_registry, ofThisAccountant, from, to, cancellation))
        {
            Known.AddConsumer(registered.Channel, registered.Identity);
            if (!registered.Loan.IsZero) Known.AddProvider(registered.Identity);
        }

        await foreach (var increased in _logs.ReadAsync<LoanIncreased>(_accountant.Address, [], from, to, cancellation))
            Known.AddProvider(increased.Provider);

        // R in a settlement is public: it counts as revealed (protocol §5). A zero, where an operator paid without a promise, is told too: as an R it
        // would be public, and leaving it out would let a provider settle under it unseen.
        await foreach (var settled in _logs.ReadAsync<ProviderPromiseSettled>(_accountant.Address, [], from, to, cancellation))
        {
            Known.AddProvider(settled.Provider);
            _reveals.Enqueue((settled.Provider, settled.Lock));
        }
    }

    private async Task<bool> TellRevealsAsync(CancellationToken cancellation)
    {
        while (_reveals.TryPeek(out var next))
        {
            if (!await _channels.ObserveRevealAsync(next.Provider, next.R, _options.ChannelDeadline, cancellation))
            {
                _logger.LogWarning("Provider channel {Provider} did not take in an R from the chain; it is told again.", next.Provider);
                return false;
            }
            _reveals.Dequeue();
        }
        return true;
    }

    private async Task<bool> TellConsumersAsync(Block block, CancellationToken cancellation)
    {
        var read = (await _reader.ReadConsumerChannelsAsync([.. Known.Consumers], block, cancellation)).Select(channel => (
            channel.Channel,
            Facts: new ConsumerChannelFacts(
                block.Number, channel.IsRegistered, Sum(channel.Balance, channel.Settled), channel.Settled, channel.IsExitingAt(block.Timestamp))
            {
                Nonce = channel.Nonce,
                Time = block.Timestamp,
            })).ToArray();
        var all = await TellAsync(
            read,
            (channel, facts) => Known.Consumer(channel) is not { } before || !facts.SaysSameAs(before) || EndsSighting(channel, block),
            Tell,
            Remember);
        // A channel does not see time pass. What ends by a block's time alone ends when it is told again: of the next block, if not of this
        // one.
        var due = Known.ToRemind(block.Timestamp, _options.ReminderInterval, _options.RemindersPerBlock).ToHashSet();
        await TellAsync(read, (channel, _) => due.Contains(channel), Tell, Remember);
        return all;

        Task<bool> Tell(Address channel, ConsumerChannelFacts facts)
        {
            Known.SpeaksTo(channel, facts);
            return _channels.ObserveConsumerChannelAsync(channel, facts, _options.ChannelDeadline, cancellation);
        }

        void Remember(Address channel, ConsumerChannelFacts facts)
        {
            Known.Told(channel, facts);
            if (EndsSighting(channel, block)) _sightings.Remove(channel);
        }
    }

    // The channel waits for this block's word, even if it is the one it had before.
    private bool EndsSighting(Address channel, Block block) => _sightings.TryGetValue(channel, out var sighted) && sighted <= block.Number;

    private async Task<bool> TellProvidersAsync(Block block, CancellationToken cancellation)
    {
        Address[] providers = [.. Known.Providers];
        var read = await _reader.ReadProviderChannelsAsync(providers, block, cancellation);
        return await TellAsync(
            providers.Zip(read, (provider, channel) =>
                (provider, new ProviderChannelFacts(block.Number, channel.Balance, channel.Loan, channel.Settled))),
            (provider, facts) => Known.Provider(provider) is not { } before || !facts.SaysSameAs(before),
            (provider, facts) => _channels.ObserveProviderChannelAsync(provider, facts, _options.ChannelDeadline, cancellation),
            Known.Told);
    }

    // Tells many at once, and remembers what was taken in, one after the other. False where somebody is to be told again.
    private async Task<bool> TellAsync<TFacts>(
        IEnumerable<(Address Channel, TFacts Facts)> read,
        Func<Address, TFacts, bool> isNews,
        Func<Address, TFacts, Task<bool>> tell,
        Action<Address, TFacts> remember)
    {
        var all = true;
        foreach (var some in read.Where(one => isNews(one.Channel, one.Facts)).ToArray().Chunk(_options.Parallelism))
        {
            var taken = await Task.WhenAll(some.Select(one => tell(one.Channel, one.Facts)));
            foreach (var ((channel, facts), isTaken) in some.Zip(taken))
            {
                if (isTaken) remember(channel, facts);
                else _logger.LogWarning("Channel {Channel} did not take in what the chain says; it is told again.", channel);
                all &= isTaken;
            }
        }
        return all;
    }

    // A plain token's supply is below 2^128, so the sum fits; what only a careless token can say is capped instead of stopping all others.
    private static Amount Sum(Amount balance, Amount settled) => balance.TryAdd(settled, out var sum) ? sum : Amount.MaxValue;
}
