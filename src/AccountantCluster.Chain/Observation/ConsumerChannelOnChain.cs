using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What one block says about a consumer channel.</summary>
/// <param name="Channel">Its address.</param>
/// <param name="IsRegistered">Whether it exists; tokens may lie at its address before.</param>
/// <param name="Balance">Tokens at its address. Capped at 2^128−1, which only a token that is not plain can exceed.</param>
/// <param name="Settled">Total ever settled out of it; zero while it does not exist.</param>
public sealed record ConsumerChannelOnChain(Address Channel, bool IsRegistered, Amount Balance, Amount Settled);
