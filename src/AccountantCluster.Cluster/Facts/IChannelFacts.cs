using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// The way between the channels and the chain: what confirmed blocks say goes in, what can be settled comes out. Everything may be said
/// again, in any order: facts name their block, and older ones are ignored.
/// </summary>
public interface IChannelFacts
{
    /// <summary>
    /// A confirmed block's word on a consumer channel. Say it every so often even where nothing is new: the sight of an exit that came to
    /// nothing, and a consented exit that was never paid, end with a block's height or time alone. True: durable. False: nobody can say
    /// within the deadline; say it again.
    /// </summary>
    Task<bool> ObserveConsumerChannelAsync(Address channel, ConsumerChannelFacts facts, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>
    /// An exit request (<c>ExitRequested</c>) in a block that need not be confirmed: from its first sight on the channel accepts nothing
    /// new, until the facts of a confirmed block of that height or above say that none is open. Whoever watches the chain looks at all
    /// blocks above the newest confirmed one each time, so that a request which a reorganisation moved is seen again. True: durable. False:
    /// nobody can say within the deadline; say it again.
    /// </summary>
    Task<bool> ObserveExitRequestAsync(Address channel, ulong block, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>
    /// A confirmed block's word on a provider channel. True: durable. False: nobody can say within the deadline; say it again.
    /// </summary>
    Task<bool> ObserveProviderChannelAsync(Address provider, ProviderChannelFacts facts, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>
    /// An R that a settlement on chain made public; it counts as revealed (protocol §5). True: durable, or it opens nothing. False: nobody
    /// can say within the deadline; say it again.
    /// </summary>
    Task<bool> ObserveRevealAsync(Address provider, Preimage r, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>What can be collected from a consumer channel; null when it did not answer within the deadline.</summary>
    Task<Collectable?> GetCollectableAsync(Address channel, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>What can be paid to a provider; null when its channel did not answer within the deadline.</summary>
    Task<Payable?> GetPayableAsync(Address provider, TimeSpan deadline, CancellationToken cancellation);
}
