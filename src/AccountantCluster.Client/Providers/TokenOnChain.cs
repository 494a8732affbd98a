using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>A token: amounts of two tokens are not added.</summary>
/// <param name="ChainId">The blockchain.</param>
/// <param name="Token">The token's contract.</param>
public readonly record struct TokenOnChain(ulong ChainId, Address Token);
