using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Exchange;

/// <summary>What an accountant says of an identity's own channels.</summary>
/// <param name="Consumer">The paying channel; null where the identity is not registered, and no registration of it is held.</param>
/// <param name="Provider">The receiving channel.</param>
public sealed record ChannelOverview(ConsumerChannelOverview? Consumer, ProviderChannelOverview Provider)
{
    internal static ChannelOverview Read(Wire.GetChannelResponse wire) => new(
        wire.Consumer is { } consumer ? ConsumerChannelOverview.Read(consumer) : null,
        ProviderChannelOverview.Read(wire.Provider ?? throw WireMapping.Malformed("the receiving channel is missing")));
}

/// <summary>A paying channel by the accountant's word. Amounts in token base units.</summary>
/// <param name="Deposited">Deposited so far, at the last confirmed block.</param>
/// <param name="Promised">Highest amount accepted.</param>
/// <param name="Settleable">Highest amount whose R is known.</param>
/// <param name="Credited">Sum of all agreements.</param>
/// <param name="Settled">Settled on chain, at the last confirmed block.</param>
/// <param name="LatestPromise">The highest accepted promise: what another device of the consumer goes on from, once it verified it.</param>
public sealed record ConsumerChannelOverview(
    Amount Deposited, Amount Promised, Amount Settleable, Amount Credited, Amount Settled, SignedPromise? LatestPromise)
{
    /// <summary>What a consented exit may still take; it is off <see cref="Deposited"/> already.</summary>
    public Amount Consented { get; init; }

    /// <summary>Whether an admin refuses new promises.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Whether an exit request is open.</summary>
    public bool IsExiting { get; init; }

    /// <summary>Number of the confirmed block that deposited and settled are of; zero before the first.</summary>
    public ulong Block { get; init; }

    /// <summary>
    /// Unix time in seconds until which the registration holds that the accountant holds; zero once the channel is registered. Until then
    /// <see cref="Deposited"/> is what may be promised before that.
    /// </summary>
    public ulong OpeningDeadline { get; init; }

    internal static ConsumerChannelOverview Read(Wire.ConsumerChannel wire) => new(
        WireMapping.Sum(wire.Deposited),
        WireMapping.Sum(wire.Promised),
        WireMapping.Sum(wire.Settleable),
        WireMapping.Sum(wire.Credited),
        WireMapping.Sum(wire.Settled),
        wire.LatestPromise?.ToSigned())
    {
        Consented = WireMapping.Sum(wire.Consented),
        IsFrozen = wire.Frozen,
        IsExiting = wire.Exiting,
        Block = wire.Block,
        OpeningDeadline = wire.OpeningDeadline,
    };
}

/// <summary>A receiving channel by the accountant's word. Amounts in token base units.</summary>
/// <param name="Gross">Sum of all credits, fees included.</param>
/// <param name="Revealed">The part whose R is known.</param>
/// <param name="Promised">Highest total ever signed, fees taken off.</param>
/// <param name="Settled">Settled on chain, at the last confirmed block.</param>
/// <param name="Balance">Guaranteed balance, at the last confirmed block.</param>
/// <param name="Loan">The provider's loan, at the last confirmed block.</param>
/// <param name="LatestPromise">The latest promise; null before the first.</param>
/// <param name="LatestPosition">The chain position that came with it; null before the first.</param>
public sealed record ProviderChannelOverview(
    Amount Gross,
    Amount Revealed,
    Amount Promised,
    Amount Settled,
    Amount Balance,
    Amount Loan,
    AccountantPromise? LatestPromise,
    ChainPosition? LatestPosition)
{
    /// <summary>The accountant's fee on all of the gross credit.</summary>
    public Amount Fees { get; init; }

    /// <summary>Highest total signed under a hashlock whose R is known, fees taken off: what the accountant pays on its own.</summary>
    public Amount Settleable { get; init; }

    /// <summary>Number of the confirmed block that settled, balance and loan are of; zero before the first.</summary>
    public ulong Block { get; init; }

    internal static ProviderChannelOverview Read(Wire.ProviderChannel wire) => new(
        WireMapping.Sum(wire.Gross),
        WireMapping.Sum(wire.Revealed),
        WireMapping.Sum(wire.Promised),
        WireMapping.Sum(wire.Settled),
        WireMapping.Sum(wire.Balance),
        WireMapping.Sum(wire.Loan),
        wire.LatestPromise?.ToPromise(),
        wire.LatestPosition?.ToPosition())
    {
        Fees = WireMapping.Sum(wire.Fees),
        Settleable = WireMapping.Sum(wire.Settleable),
        Block = wire.Block,
    };
}
