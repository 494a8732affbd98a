using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>An R on its way to the consumer channels that hold a rung under its hashlock; sent again until each has it durably.</summary>
/// <param name="R">The R.</param>
/// <param name="Channels">The consumer channels that did not acknowledge it yet.</param>
public sealed record PendingReveal(Preimage R, ImmutableHashSet<Address> Channels);
