using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Benchmarks.World;

/// <summary>All batches under one hashlock.</summary>
internal sealed record Window(ChainPosition Position, IReadOnlyList<VerifiedPromise[]> Batches);
