using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>What settling a promise would do, by the newest block. Amounts in token base units.</summary>
/// <param name="Promised">The promise's amount.</param>
/// <param name="Settled">Settled before.</param>
/// <param name="Balance">The channel's guaranteed balance.</param>
/// <param name="Withdrawable">Free money of the accountant, from which settlements are paid first.</param>
public sealed record SettlementPreview(Amount Promised, Amount Settled, Amount Balance, Amount Withdrawable)
{
    /// <summary>What the promise is worth on top of what was settled.</summary>
    public Amount Unsettled => Promised.SaturatingSubtract(Settled);

    /// <summary>What would be paid now; the same promise settles the rest later.</summary>
    public Amount Payable => Balance.TryAdd(Withdrawable, out var there) ? Amount.Min(Unsettled, there) : Unsettled;
}
