using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Histories;

/// <summary>What a provider holds when everything that it handed in is answered.</summary>
/// <param name="Provider">Who.</param>
/// <param name="Owed">Σ of its agreements' totals, less the fee, in token base units.</param>
/// <param name="Held">The highest total that it holds, signed.</param>
internal sealed record ClosedWindow(Address Provider, Amount Owed, Amount Held);
