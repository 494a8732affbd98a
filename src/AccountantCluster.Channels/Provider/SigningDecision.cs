using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>What the accountant may put its name to.</summary>
/// <param name="Reason">None: <paramref name="Total"/> may be signed. Otherwise why nothing may.</param>
/// <param name="Total">What may be signed, once the events are durable.</param>
/// <param name="Events">To be made durable first; none where the same total was authorised before.</param>
public sealed record SigningDecision(RejectionReason Reason, SignedTotal? Total, ImmutableArray<ProviderChannelEvent> Events)
{
    internal static SigningDecision Refuse(RejectionReason reason) => new(reason, null, []);
}
