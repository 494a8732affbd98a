using System.Collections.Immutable;

namespace AccountantCluster.Cluster;

/// <summary>
/// Messages to channels of one node, or answers of them, that cross together: one message on the wire instead of hundreds. Its sender is
/// who is answered.
/// </summary>
/// <param name="Messages">In no order that matters.</param>
internal sealed record ChannelEnvelope(ImmutableArray<IChannelMessage> Messages) : IChannelMessage;
