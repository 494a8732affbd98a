using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A call of a contract: to be asked for its result, or to be sent as a transaction.</summary>
/// <param name="To">The contract.</param>
/// <param name="Data">Selector and arguments.</param>
public sealed record ContractCall(Address To, ReadOnlyMemory<byte> Data);
