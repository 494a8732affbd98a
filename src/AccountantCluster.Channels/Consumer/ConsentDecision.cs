using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>Whether the operator may sign an exit.</summary>
/// <param name="Reason">None: it may, once the events are durable. Otherwise why not.</param>
/// <param name="Events">To be made durable before the signature; none where the same exit was consented to before.</param>
public readonly record struct ConsentDecision(RejectionReason Reason, ImmutableArray<ConsumerChannelEvent> Events)
{
    internal static ConsentDecision Refuse(RejectionReason reason) => new(reason, []);

    internal static ConsentDecision Give(ImmutableArray<ConsumerChannelEvent> events) => new(RejectionReason.None, events);
}
