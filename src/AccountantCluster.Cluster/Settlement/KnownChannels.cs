using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;

namespace AccountantCluster.Cluster;

/// <summary>
/// The channels that the chain has told of, with the facts that each has durably taken in. Kept by the observer, read by the settler; both run in one
/// actor, one after the other.
/// </summary>
public sealed class KnownChannels
{
    private readonly Dictionary<Address, Address> _identities = [];
    private readonly Dictionary<Address, Standing> _consumers = [];
    private readonly Dictionary<Address, ProviderChannelFacts?> _providers = [];

    /// <summary>Addresses of the registered consumer channels.</summary>
    public IReadOnlyCollection<Address> Consumers => _consumers.Keys;

    /// <summary>Identities with a provider channel that holds or held something on chain.</summary>
    public IReadOnlyCollection<Address> Providers => _providers.Keys;

    /// <summary>Whether the chain has told of this consumer channel.</summary>
    public bool HasConsumer(Address channel) => _consumers.ContainsKey(channel);

    /// <summary>The consumer that registered a channel of <see cref="Consumers"/>.</summary>
    public Address IdentityOf(Address channel) => _identities[channel];

    /// <summary>What a consumer channel was told last; null while nothing.</summary>
    public ConsumerChannelFacts? Consumer(Address channel) => _consumers.GetValueOrDefault(channel).Facts;

    /// <summary>What a provider channel was told last; null while nothing.</summary>
    public ProviderChannelFacts? Provider(Address provider) => _providers.GetValueOrDefault(provider);

    internal void AddConsumer(Address channel, Address identity)
    {
        _identities[channel] = identity;
        _consumers.TryAdd(channel, default);
    }

    internal void AddProvider(Address provider) => _providers.TryAdd(provider, null);

    /// <summary>
    /// Consumer channels that nobody has spoken to for so long, by the blocks' clock; those that have waited longest come first. One that
    /// did not answer waits like the others, so that it cannot keep them from their turn.
    /// </summary>
    /// <param name="time">The newest block's time, Unix seconds.</param>
    /// <param name="interval">How long.</param>
    /// <param name="limit">How many at most.</param>
    internal IEnumerable<Address> ToRemind(ulong time, TimeSpan interval, int limit) => _consumers
        .Where(pair => pair.Value.SpokenToAt + (ulong)interval.TotalSeconds <= time)
        .OrderBy(pair => pair.Value.SpokenToAt)
        .Take(limit)
        .Select(pair => pair.Key);

    /// <summary>A consumer channel is told something; whether it answers is not known yet.</summary>
    internal void SpeaksTo(Address channel, ConsumerChannelFacts facts) =>
        _consumers[channel] = _consumers[channel] with { SpokenToAt = facts.Time };

    internal void Told(Address channel, ConsumerChannelFacts facts) => _consumers[channel] = new Standing(facts, facts.Time);

    internal void Told(Address provider, ProviderChannelFacts facts) => _providers[provider] = facts;

    // The time of the block that was spoken of, whether there was an answer or not.
    private readonly record struct Standing(ConsumerChannelFacts? Facts, ulong SpokenToAt);
}
