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
    private readonly Dictionary<Address, ConsumerChannelFacts?> _consumers = [];
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
    public ConsumerChannelFacts? Consumer(Address channel) => _consumers.GetValueOrDefault(channel);

    /// <summary>What a provider channel was told last; null while nothing.</summary>
    public ProviderChannelFacts? Provider(Address provider) => _providers.GetValueOrDefault(provider);

    internal void AddConsumer(Address channel, Address identity)
    {
        _identities[channel] = identity;
        _consumers.TryAdd(channel, null);
    }

    internal void AddProvider(Address provider) => _providers.TryAdd(provider, null);

    internal void Told(Address channel, ConsumerChannelFacts facts) => _consumers[channel] = facts;

    internal void Told(Address provider, ProviderChannelFacts facts) => _providers[provider] = facts;
}
