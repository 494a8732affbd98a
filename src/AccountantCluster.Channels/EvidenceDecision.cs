using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels;

/// <summary>What became of evidence (protocol §4, restore from an old backup).</summary>
/// <param name="Reason">None: it raised something. ALREADY_COVERED: as much was known. Otherwise why it is none.</param>
/// <param name="Events">To be made durable before anybody hears of the decision.</param>
/// <typeparam name="TEvent">Of which kind of channel.</typeparam>
public readonly record struct EvidenceDecision<TEvent>(RejectionReason Reason, ImmutableArray<TEvent> Events)
{
    internal static EvidenceDecision<TEvent> Refuse(RejectionReason reason) => new(reason, []);
}
