using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What one block says about a consumer channel.</summary>
/// <param name="Channel">Its address.</param>
/// <param name="IsRegistered">Whether it exists; tokens may lie at its address before.</param>
/// <param name="Balance">Tokens at its address. Capped at 2^128−1, which only a token that is not plain can exceed.</param>
/// <param name="Settled">Total ever settled out of it; zero while it does not exist.</param>
public sealed record ConsumerChannelOnChain(Address Channel, bool IsRegistered, Amount Balance, Amount Settled)
{
    /// <summary>Counter of the channel's signed requests; zero while it does not exist.</summary>
    public ulong Nonce { get; init; }

    /// <summary>The latest exit request, which may have lapsed; null for none.</summary>
    public ExitRequestOnChain? ExitRequest { get; init; }

    /// <summary>
    /// Balance plus settled. A plain token's supply is below 2^128, so the sum fits; what only a careless token can say is capped instead
    /// of stopping all others.
    /// </summary>
    public Amount Deposited => Balance.SaturatingAdd(Settled);

    /// <summary>Whether an exit is open at a time: requested, not paid, not lapsed.</summary>
    /// <param name="time">Of the block that was read, in seconds since 1970.</param>
    public bool IsExitingAt(ulong time) => ExitRequest is { } request && time <= request.LapsesAt;
}
