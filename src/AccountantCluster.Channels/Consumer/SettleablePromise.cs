using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>A promise that the accountant can collect on chain: its R is known.</summary>
/// <param name="Promise">The consumer's promise.</param>
/// <param name="R">Opens its hashlock.</param>
public sealed record SettleablePromise(VerifiedPromise Promise, Preimage R)
{
    /// <summary>Cumulative amount that it settles, in token base units.</summary>
    public Amount Amount => Promise.Promise.Amount;
}
