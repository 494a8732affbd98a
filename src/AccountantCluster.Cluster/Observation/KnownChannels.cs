using AccountantCluster.Chain;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;

namespace AccountantCluster.Cluster;

/// <summary>
/// The channels that the chain has told of, with the facts that each has durably taken in from this observer. Which of them are read next
/// follows from it: those that something happened to, those that nobody has spoken to for long, and of the others some in turn, so that
/// what no event told is found all the same. Not safe for concurrent use.
/// </summary>
internal sealed class KnownChannels
{
    private readonly Dictionary<Address, Standing> _consumers = [];
    private readonly Dictionary<Address, ProviderChannelFacts?> _providers = [];
    private readonly Dictionary<Address, OpenExit> _exits = [];

    // Somebody who has not heard of its news is read again until it has.
    private readonly HashSet<Address> _toRead = [];
    private readonly Queue<Address> _consumersInTurn = [];
    private readonly Queue<Address> _providersInTurn = [];

    /// <summary>Consumers whose exit requests are open, or were seen.</summary>
    public IReadOnlyCollection<OpenExit> Exits => _exits.Values;

    /// <summary>Channels that have news to hear, as far as is known.</summary>
    public int Waiting => _toRead.Count;

    /// <summary>Whether the chain has told of this consumer channel.</summary>
    public bool HasConsumer(Address channel) => _consumers.ContainsKey(channel);

    /// <summary>What a consumer channel was told last; null while nothing.</summary>
    public ConsumerChannelFacts? Consumer(Address channel) => _consumers.GetValueOrDefault(channel).Facts;

    /// <summary>What a provider channel was told last; null while nothing.</summary>
    public ProviderChannelFacts? Provider(Address provider) => _providers.GetValueOrDefault(provider);

    /// <summary>What was found before this observer began.</summary>
    public void Recall(ObserverState state)
    {
        foreach (var channel in state.Consumers.Keys) AddConsumer(channel);
        foreach (var channel in state.Openings.Openings.Keys) AddConsumer(channel);
        foreach (var provider in state.Providers) AddProvider(provider);
    }

    /// <summary>What a look at the chain's logs brought.</summary>
    public void Learn(ChainReading reading)
    {
        foreach (var read in reading.Events.OfType<ObserverEvent.Read>())
        {
            foreach (var found in read.Consumers) AddConsumer(found.Channel);
            foreach (var provider in read.Providers) AddProvider(provider);
        }
        Touch(reading.Touched);
    }

    /// <summary>A channel is not registered yet, and is read all the same.</summary>
    public void Expect(Address channel) => AddConsumer(channel);

    /// <summary>A channel that was never registered need not be read any more.</summary>
    public void GiveUp(Address channel)
    {
        if (Consumer(channel)?.Registered == true) return;
        _consumers.Remove(channel);
        _toRead.Remove(channel);
    }

    /// <summary>Something happened to accounts; those that are channels here are read.</summary>
    public void Touch(IEnumerable<Address> accounts) =>
        _toRead.UnionWith(accounts.Where(account => _consumers.ContainsKey(account) || _providers.ContainsKey(account)));

    /// <summary>The consumer channels to read now.</summary>
    /// <param name="reminded">Of them those that nobody has spoken to for long.</param>
    /// <param name="limit">How many in turn, besides those with news.</param>
    public IReadOnlyCollection<Address> ConsumersToRead(IEnumerable<Address> reminded, int limit) =>
    [
        .. _toRead.Where(_consumers.ContainsKey)
            .Concat(reminded)
            .Concat(InTurn(_consumersInTurn, _consumers.ContainsKey, limit))
            .Distinct(),
    ];

    /// <summary>The provider channels to read now.</summary>
    /// <param name="limit">How many in turn, besides those with news.</param>
    public IReadOnlyCollection<Address> ProvidersToRead(int limit) =>
        [.. _toRead.Where(_providers.ContainsKey).Concat(InTurn(_providersInTurn, _providers.ContainsKey, limit)).Distinct()];

    /// <summary>
    /// Consumer channels that nobody has spoken to for so long, by the blocks' clock; those that have waited longest come first. One that
    /// did not answer waits like the others, so that it cannot keep them from their turn.
    /// </summary>
    /// <param name="time">The newest block's time, Unix seconds.</param>
    /// <param name="interval">How long.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlySet<Address> ToRemind(ulong time, TimeSpan interval, int limit) => _consumers
        .Where(pair => pair.Value.IsDue(time, interval))
        .OrderBy(pair => pair.Value.SpokenToAt)
        .Take(limit)
        .Select(pair => pair.Key)
        .ToHashSet();

    /// <summary>Whether nobody has spoken to a consumer channel for so long.</summary>
    public bool IsDue(Address channel, ulong time, TimeSpan interval) => _consumers[channel].IsDue(time, interval);

    /// <summary>A consumer channel is told something; whether it answers is not known yet.</summary>
    public void SpeaksTo(Address channel, ConsumerChannelFacts facts) =>
        _consumers[channel] = _consumers[channel] with { SpokenToAt = facts.Time };

    /// <summary>A consumer channel holds these facts.</summary>
    public void Told(Address channel, ConsumerChannelFacts facts) =>
        _consumers[channel] = new Standing(facts, facts.Time);

    /// <summary>A provider channel holds these facts.</summary>
    public void Told(Address provider, ProviderChannelFacts facts) => _providers[provider] = facts;

    /// <summary>A channel has heard all that is to be said.</summary>
    public void HasNoNews(Address account) => _toRead.Remove(account);

    /// <summary>An exit request was seen in a block that need not be confirmed.</summary>
    public void SeesExit(Address channel, ulong finalizableAt) =>
        _exits[channel] = new OpenExit(channel, finalizableAt);

    /// <summary>A confirmed block says whether an exit is open.</summary>
    public void KnowsExit(ConsumerChannelOnChain channel, Block block)
    {
        if (channel.IsExitingAt(block.Timestamp)) SeesExit(channel.Channel, channel.ExitRequest!.FinalizableAt);
        else _exits.Remove(channel.Channel);
    }

    private void AddConsumer(Address channel)
    {
        if (!_consumers.TryAdd(channel, default)) return;
        _consumersInTurn.Enqueue(channel);
        _toRead.Add(channel);
    }

    private void AddProvider(Address provider)
    {
        if (!_providers.TryAdd(provider, null)) return;
        _providersInTurn.Enqueue(provider);
        _toRead.Add(provider);
    }

    private static IEnumerable<Address> InTurn(Queue<Address> queue, Func<Address, bool> isKnown, int limit)
    {
        for (var count = Math.Min(limit, queue.Count); count > 0; count--)
        {
            var next = queue.Dequeue();
            if (!isKnown(next)) continue;
            queue.Enqueue(next);
            yield return next;
        }
    }

    // The time of the block that was spoken of, whether there was an answer or not.
    private readonly record struct Standing(ConsumerChannelFacts? Facts, ulong SpokenToAt)
    {
        public bool IsDue(ulong time, TimeSpan interval) => SpokenToAt + (ulong)interval.TotalSeconds <= time;
    }
}
