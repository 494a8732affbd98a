using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>What a provider hands in.</summary>
internal sealed record Batch(
    int Id,
    IReadOnlyList<Preimage> Reveals,
    IReadOnlyList<VerifiedPromise> Promises,
    Hashlock? Hashlock,
    ChainPosition? Position);

/// <summary>What the accountant says to it; everything in it is durable.</summary>
internal sealed record Answer(
    int Id,
    IReadOnlyList<RejectionReason> Reveals,
    IReadOnlyList<RejectionReason> Promises,
    RejectionReason Reason,
    SignedTotal? Signed);
