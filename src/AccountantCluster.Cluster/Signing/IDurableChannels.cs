using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;

namespace AccountantCluster.Cluster;

/// <summary>What the journal says of channels, read anew for whoever believes nothing else. Safe for concurrent use.</summary>
internal interface IDurableChannels
{
    /// <summary>A provider channel after its event of that number.</summary>
    /// <exception cref="Exception">The journal does not say, or does not hold that event yet.</exception>
    Task<ProviderAudit> ReadProviderAsync(Address provider, long number);

    /// <summary>A consumer channel after its event of that number.</summary>
    /// <exception cref="Exception">The journal does not say, or does not hold that event yet.</exception>
    Task<ConsumerAudit> ReadConsumerAsync(Address channel, long number);
}
