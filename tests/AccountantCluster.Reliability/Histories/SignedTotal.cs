using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Histories;

/// <summary>An accountant's promise in a provider's hands.</summary>
/// <param name="Hashlock">The hashlock under which it settles.</param>
/// <param name="Amount">Cumulative, fees taken off, in token base units.</param>
/// <param name="IsOperators">Whether the operator's key signed it.</param>
internal sealed record SignedTotal(Hashlock Hashlock, Amount Amount, bool IsOperators = true);
