using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>What a batch's reveals and hashlocks say before its promises are looked at.</summary>
/// <param name="Reveals">One reason per reveal; None: it opened something, or was known before.</param>
/// <param name="Hashlocks">What is known of each hashlock of the batch.</param>
/// <param name="Events">To be made durable before the promises are looked at.</param>
public sealed record PrepareDecision(
    ImmutableArray<RejectionReason> Reveals,
    ImmutableArray<HashlockStanding> Hashlocks,
    ImmutableArray<ProviderChannelEvent> Events);

/// <summary>Where one hashlock of a batch stands.</summary>
/// <param name="Hashlock">The hashlock.</param>
/// <param name="KnownR">Opens it, where it was revealed before.</param>
/// <param name="IsRefused">The provider has too many open hashlocks: promises under this one are refused with REVEAL_FIRST.</param>
public readonly record struct HashlockStanding(Hashlock Hashlock, Preimage? KnownR, bool IsRefused);
