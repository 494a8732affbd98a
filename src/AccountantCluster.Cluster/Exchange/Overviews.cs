using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>What the accountant owes and guarantees a provider, in token base units.</summary>
/// <param name="Gross">Sum of all credits, fees included.</param>
/// <param name="Revealed">The part of the gross credit whose R is known.</param>
/// <param name="Promised">Highest total ever signed, fees taken off.</param>
/// <param name="Settled">Settled on chain, at the last confirmed block.</param>
/// <param name="Balance">Guaranteed balance, at the last confirmed block.</param>
/// <param name="Loan">Loan, at the last confirmed block.</param>
/// <param name="LatestPromise">The latest signed promise; null before the first.</param>
/// <param name="LatestPosition">The chain position that came with it.</param>
public sealed record ProviderOverview(
    Amount Gross,
    Amount Revealed,
    Amount Promised,
    Amount Settled,
    Amount Balance,
    Amount Loan,
    SignedProviderPromise? LatestPromise,
    ChainPosition? LatestPosition)
{
    /// <summary>The accountant's fee on all of the gross credit.</summary>
    public Amount Fees { get; init; }

    /// <summary>Highest total signed under a hashlock whose R is known, fees taken off: what the accountant pays on its own.</summary>
    public Amount Settleable { get; init; }

    /// <summary>Number of the confirmed block that settled, balance and loan are of; zero before the first.</summary>
    public ulong Block { get; init; }
}

/// <summary>What the accountant knows of a consumer channel, in token base units.</summary>
/// <param name="Registered">Whether the channel is registered in a confirmed block.</param>
/// <param name="Deposited">Deposited so far, at the last confirmed block, less what a consented exit may still take.</param>
/// <param name="Promised">Highest amount accepted.</param>
/// <param name="Settleable">Highest amount whose R is known.</param>
/// <param name="Credited">Sum of all agreements.</param>
/// <param name="Settled">Settled on chain, at the last confirmed block.</param>
/// <param name="LatestPromise">The highest accepted promise; null before the first.</param>
public sealed record ConsumerOverview(
    bool Registered,
    Amount Deposited,
    Amount Promised,
    Amount Settleable,
    Amount Credited,
    Amount Settled,
    VerifiedPromise? LatestPromise)
{
    /// <summary>Whether an admin froze the channel.</summary>
    public bool Frozen { get; init; }

    /// <summary>Whether an exit request is open, or was seen in a block that is not confirmed.</summary>
    public bool Exiting { get; init; }

    /// <summary>What a consented exit may still take.</summary>
    public Amount Consented { get; init; }

    /// <summary>
    /// Unix time in seconds until which the registration holds that the accountant holds; zero where there is none, and once the channel is
    /// registered. Before that, deposited is what may be spent until then.
    /// </summary>
    public ulong OpeningDeadline { get; init; }

    /// <summary>Number of the confirmed block that deposited and settled are of; zero before the first.</summary>
    public ulong Block { get; init; }
}
