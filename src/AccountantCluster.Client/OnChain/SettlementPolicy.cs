using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>When a settlement is worth its price. Pure.</summary>
public sealed record SettlementPolicy
{
    /// <summary>
    /// Settle whatever it costs when at most this share of the guaranteed balance is left, in per cent: beyond the balance nothing is
    /// guaranteed.
    /// </summary>
    public uint BalanceLeftPercent { get; init; } = 10;

    /// <summary>Settle when the price is below this share of what is paid, in per cent.</summary>
    public uint MaxCostPercent { get; init; } = 5;

    /// <summary>
    /// Less than this is left where it is, in token base units, until it is too old or somebody leaves. Where gas costs the provider
    /// nothing, this alone keeps it from settling every unit.
    /// </summary>
    public Amount MinimumValue { get; init; } = new(1);

    /// <summary>
    /// What has been promised for so long is settled if it pays more than it costs; null waits for ever. A week is half of what a revoked
    /// key's signature is good for.
    /// </summary>
    public TimeSpan? MaximumAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Why to settle now; None for not now. Whatever the reason, it must bring more than it costs. What cannot wait comes first.
    /// </summary>
    public SettlementReason Decide(SettlementSight sight)
    {
        // What is collected for it makes payable what was not; money that nobody owes to the provider brings it nothing.
        if (Brings(sight, sight.Collectable) > sight.Cost)
        {
            if (sight.IsKeyRevoked && !sight.Preview.Unsettled.IsZero) return SettlementReason.KeyRevoked;
            if (!sight.Leaving.IsZero && !sight.AtRisk.IsZero) return SettlementReason.ConsumerLeaves;
            if (sight.IsRiskNearLimit) return SettlementReason.Risk;
        }
        if (sight.Preview.Payable <= sight.Cost) return SettlementReason.None;
        if (IsNearlyUsed(sight.Preview)) return SettlementReason.BalanceUsed;
        if (MaximumAge is { } most && sight.Age >= most) return SettlementReason.Age;
        return sight.Preview.Payable >= MinimumValue && IsBelow(sight.Cost, MaxCostPercent, sight.Preview.Payable)
            ? SettlementReason.Worthwhile
            : SettlementReason.None;
    }

    /// <summary>Whether to settle now, by price and balance alone.</summary>
    /// <param name="preview">What a settlement would pay.</param>
    /// <param name="cost">What it would cost, in token base units: the transaction maker's fee, or the gas by the provider's own
    /// rate.</param>
    public bool IsWorthIt(SettlementPreview preview, Amount cost)
    {
        if (preview.Payable <= cost) return false;
        return IsNearlyUsed(preview) || IsBelow(cost, MaxCostPercent, preview.Payable);
    }

    private static Amount Brings(SettlementSight sight, Amount collected) =>
        Amount.Max(sight.Preview.Payable, Amount.Min(sight.AtRisk, sight.Preview.Payable.SaturatingAdd(collected)));

    private bool IsNearlyUsed(SettlementPreview preview) =>
        !preview.Balance.IsZero
        && IsAtMost(preview.Balance.SaturatingSubtract(preview.Unsettled), BalanceLeftPercent, preview.Balance);

    // part ≤ percent of the whole, without a product that could overflow: whole = 100 q + r.
    private static bool IsAtMost(Amount part, uint percent, Amount whole) => part.Units <= Share(percent, whole);

    private static bool IsBelow(Amount part, uint percent, Amount whole) => part.Units < Share(percent, whole);

    private static UInt128 Share(uint percent, Amount whole)
    {
        var (quotient, remainder) = UInt128.DivRem(whole.Units, 100);
        return (quotient * percent) + (remainder * percent / 100);
    }
}
