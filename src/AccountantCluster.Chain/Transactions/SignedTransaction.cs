using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A signed transaction: handing it in twice does nothing more than once.</summary>
/// <param name="Nonce">Which transaction of its sender it is.</param>
/// <param name="Raw">Its bytes.</param>
/// <param name="Hash">Its name on the chain.</param>
public sealed record SignedTransaction(ulong Nonce, ReadOnlyMemory<byte> Raw, Bytes32 Hash);
