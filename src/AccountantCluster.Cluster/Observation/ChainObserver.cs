using AccountantCluster.Chain;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Openings;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Tells the channels what confirmed blocks say (protocol §4). One gate for everything: a block counts once enough others lie on top of it.
/// Facts are cumulative, so one that is told twice, or again after a restart, changes nothing; and they are read anew from the state of
/// each block, so that what was true of a block that is gone ends with the next. Not safe for concurrent use.
/// </summary>
internal sealed class ChainObserver
{
    private readonly IEthereumClient _client;
    private readonly IChannelFacts _channels;
    private readonly Address _accountant;
    private readonly SettlementOptions _options;
    private readonly ILogger<ChainObserver> _logger;
    private readonly LogReader _logs;
    private readonly ChainReader _reader;

    // Where an exit request was seen above the newest confirmed block. The sight ends with a confirmed block of that height, whatever it
    // says.
    private readonly Dictionary<Address, ulong> _sightings = [];

    private OpeningLedger _openings = OpeningLedger.Empty;

    // The newest block of which nothing is left to tell.
    private Block? _told;

    /// <summary>An observer that has told nobody anything.</summary>
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
        _accountant = addresses.Accountant;
        _logs = new LogReader(client);
        _reader = new ChainReader(client, addresses.Token, addresses.Accountant);
    }

    /// <summary>All channels found so far.</summary>
    public KnownChannels Known { get; } = new();

    /// <summary>
    /// What is granted to consumers that are not registered yet, durably. They are read with every block until they are, or it is over.
    /// </summary>
    public void Follow(OpeningLedger openings)
    {
        if (openings == _openings) return;
        foreach (var channel in _openings.Openings.Keys.Where(channel => !openings.Openings.ContainsKey(channel))) Known.GiveUp(channel);
        foreach (var channel in openings.Openings.Keys) Known.Expect(channel);
        // There is more to tell of the same block.
        (_openings, _told) = (openings, null);
    }

    /// <summary>
    /// Tells provider channels the Rs that settlements made public. All of them, or those who did not hear are told again with the same
    /// logs: until then nobody may count these as read.
    /// </summary>
    /// <returns>Whether all have taken them in.</returns>
    public async Task<bool> TellRevealsAsync(ChainReading reading, CancellationToken cancellation)
    {
        foreach (var some in reading.Reveals.Chunk(_options.Parallelism))
        {
            var taken = await Task.WhenAll(some.Select(
                one => _channels.ObserveRevealAsync(one.Provider, one.R, _options.ChannelDeadline, cancellation)));
            if (!taken.Contains(false)) continue;
            _logger.LogWarning("A provider channel did not take in an R from the chain; it is told again.");
            return false;
        }
        return true;
    }

    /// <summary>
    /// Sees who wants to leave, then tells every channel that has news, and some that have heard nothing for long, what a confirmed block
    /// says. A channel that does not take in its news is told again at the next look.
    /// </summary>
    /// <exception cref="EthereumException">The chain does not answer; nothing is lost, look again.</exception>
    public async Task TellAsync(Block block, CancellationToken cancellation)
    {
        await SightExitsAsync(block.Number + 1, cancellation);
        if (block == _told) return;
        var (consumers, providers) = (await TellConsumersAsync(block, cancellation), await TellProvidersAsync(block, cancellation));
        if (consumers && providers) _told = block;
    }

    // An exit counts from its first sight: what is accepted after it may be gone when it can be collected. All blocks that are not
    // confirmed are looked at each time, because a reorganisation may move a request.
    private async Task SightExitsAsync(ulong from, CancellationToken cancellation)
    {
        var head = await _client.GetBlockNumberAsync(cancellation);
        if (head < from) return;
        IReadOnlyList<IReadOnlyList<Bytes32>> ofThisAccountant = [[_accountant.ToBytes32()]];
        await foreach (var requested in _logs.ReadAsync<ExitRequested>(null, ofThisAccountant, from, head, cancellation))
        {
            // Anybody can write such a log; a channel is one that the registry told of.
            var (channel, block) = (requested.Log.Contract, requested.Log.BlockNumber);
            if (!Known.HasConsumer(channel) || _sightings.GetValueOrDefault(channel) >= block) continue;
            if (await _channels.ObserveExitRequestAsync(channel, block, _options.ChannelDeadline, cancellation))
            {
                _sightings[channel] = block;
                Known.SeesExit(channel, requested.FinalizableAt);
            }
            else
            {
                _logger.LogWarning("Channel {Channel} did not take in that its consumer wants to leave; it is told again.", channel);
            }
        }
    }

    private async Task<bool> TellConsumersAsync(Block block, CancellationToken cancellation)
    {
        Known.Touch(_sightings.Where(sighting => sighting.Value <= block.Number).Select(sighting => sighting.Key));
        // Those that have failed have their turn like others.
        Known.Touch(_openings.Openings.Where(one => !one.Value.HasFailed).Select(one => one.Key));
        // A channel does not see time pass. What ends by a block's time alone ends when it is told again: of the next block, if not of this
        // one.
        var due = Known.ToRemind(block.Timestamp, _options.ReminderInterval, _options.RemindersPerBlock);
        var channels = await _reader.ReadConsumerChannelsAsync(
            [.. Known.ConsumersToRead(due, _options.ChannelsPerLook)], block, cancellation);
        var read = channels.Select(channel => (
            channel.Channel,
            Facts: new ConsumerChannelFacts(
                block.Number, channel.IsRegistered, channel.Deposited, channel.Settled, channel.IsExitingAt(block.Timestamp))
            {
                Nonce = channel.Nonce,
                Time = block.Timestamp,
                Granted = channel.IsRegistered ? Amount.Zero : _openings.GrantedTo(channel.Channel, block.Timestamp),
            })).ToArray();
        // A request that was seen above this block is not denied by it.
        foreach (var channel in channels.Where(channel => _sightings.GetValueOrDefault(channel.Channel) <= block.Number))
            Known.KnowsExit(channel, block);

        var all = await TellAsync(Sift(read, (channel, facts) => IsNews(channel, facts) || EndsSighting(channel, block)), Tell, Remember);
        // Who was told a moment ago has had its reminder.
        var reminded = read.Where(one => due.Contains(one.Channel) && Known.IsDue(one.Channel, block.Timestamp, _options.ReminderInterval));
        await TellAsync([.. reminded], Tell, Remember);
        return all;

        bool IsNews(Address channel, ConsumerChannelFacts facts) => Known.Consumer(channel) is not { } before || !facts.SaysSameAs(before);

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
        Address[] providers = [.. Known.ProvidersToRead(_options.ChannelsPerLook)];
        var read = await _reader.ReadProviderChannelsAsync(providers, block, cancellation);
        var facts = providers.Zip(read, (provider, channel) => (
            provider, new ProviderChannelFacts(block.Number, channel.Balance, channel.Loan, channel.Settled)));
        return await TellAsync(
            Sift([.. facts], (provider, facts) => Known.Provider(provider) is not { } before || !facts.SaysSameAs(before)),
            (provider, facts) => _channels.ObserveProviderChannelAsync(provider, facts, _options.ChannelDeadline, cancellation),
            Known.Told);
    }

    // Those that have news. The others are done with.
    private (Address Channel, TFacts Facts)[] Sift<TFacts>(
        (Address Channel, TFacts Facts)[] read, Func<Address, TFacts, bool> isNews)
    {
        var byNews = read.ToLookup(one => isNews(one.Channel, one.Facts));
        foreach (var (channel, _) in byNews[false]) Known.HasNoNews(channel);
        return [.. byNews[true]];
    }

    // Tells many at once, and remembers what was taken in, one after the other. False where somebody is to be told again.
    private async Task<bool> TellAsync<TFacts>(
        (Address Channel, TFacts Facts)[] news,
        Func<Address, TFacts, Task<bool>> tell,
        Action<Address, TFacts> remember)
    {
        var all = true;
        foreach (var some in news.Chunk(_options.Parallelism))
        {
            var taken = await Task.WhenAll(some.Select(one => tell(one.Channel, one.Facts)));
            foreach (var ((channel, facts), isTaken) in some.Zip(taken))
            {
                if (isTaken)
                {
                    remember(channel, facts);
                    Known.HasNoNews(channel);
                }
                else
                {
                    Known.Touch([channel]);
                    _logger.LogWarning("Channel {Channel} did not take in what the chain says; it is told again.", channel);
                }
                all &= isTaken;
            }
        }
        return all;
    }
}
