using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;

namespace AccountantCluster.Cluster;

/// <summary>What the journal says of channels, read anew for whoever believes nothing else. Safe for concurrent use.</summary>
internal interface IDurableChannels
{
    /// <summary>Whether a provider channel's events, up to the one of that number, authorise a total by the rules.</summary>
    /// <exception cref="Exception">The journal does not say, or does not hold that event.</exception>
    Task<bool> JustifyAsync(Address provider, SignedTotal total, long number);

    /// <summary>Whether a consumer channel's events, up to the one of that number, consent to an exit by the rules.</summary>
    /// <exception cref="Exception">The journal does not say, or does not hold that event.</exception>
    Task<bool> JustifyAsync(Address channel, ExitConsent consent, long number);
}
