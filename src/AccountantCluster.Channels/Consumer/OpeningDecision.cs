using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>Whether the accountant holds a registration.</summary>
/// <param name="Reason">
/// None: it does, once the events are durable. ALREADY_COVERED, a success: the channel is registered, or one is held that holds as long.
/// Otherwise why not.
/// </param>
/// <param name="Events">To be made durable before anybody hears of the decision; none where the same is held.</param>
public readonly record struct OpeningDecision(RejectionReason Reason, ImmutableArray<ConsumerChannelEvent> Events)
{
    internal static OpeningDecision Answer(RejectionReason reason) => new(reason, []);

    internal static OpeningDecision Hold(Opening opening) =>
        new(RejectionReason.None, [new ConsumerChannelEvent.RegistrationHeld(opening)]);
}
