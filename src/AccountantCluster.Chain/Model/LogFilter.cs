using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Which logs to read.</summary>
/// <param name="FromBlock">The first block.</param>
/// <param name="ToBlock">The last block, included.</param>
/// <param name="Addresses">Contracts that wrote them; empty for any contract.</param>
/// <param name="Topics">For each position the accepted topics, none for any.</param>
public sealed record LogFilter(
    ulong FromBlock, ulong ToBlock, IReadOnlyList<Address> Addresses, IReadOnlyList<IReadOnlyList<Bytes32>> Topics);
