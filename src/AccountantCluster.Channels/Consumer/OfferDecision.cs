using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>What became of one promise offered to a consumer channel.</summary>
/// <param name="Reason">None: accepted. Otherwise why not; then there are no events.</param>
/// <param name="Delta">What was added to the agreement, in token base units; zero unless accepted.</param>
/// <param name="Expected">With PROMISE_TOO_LOW: the amount that passes for the same agreement total.</param>
/// <param name="Events">To be made durable before anybody hears of the decision.</param>
public readonly record struct OfferDecision(
    RejectionReason Reason,
    Amount Delta,
    Amount? Expected,
    ImmutableArray<ConsumerChannelEvent> Events)
{
    internal static OfferDecision Reject(RejectionReason reason, Amount? expected = null) => new(reason, Amount.Zero, expected, []);

    internal static OfferDecision Accept(Amount delta, ImmutableArray<ConsumerChannelEvent> events) =>
        new(RejectionReason.None, delta, null, events);
}
