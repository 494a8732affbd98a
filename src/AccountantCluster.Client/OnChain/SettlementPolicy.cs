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

    /// <summary>Whether to settle now.</summary>
    /// <param name="preview">What a settlement would pay.</param>
    /// <param name="cost">What it would cost, in token base units: the transaction maker's fee, or the gas by the provider's own
    /// rate.</param>
    public bool IsWorthIt(SettlementPreview preview, Amount cost)
    {
        if (preview.Payable <= cost) return false;
        var left = preview.Balance.SaturatingSubtract(preview.Unsettled);
        var isNearlyUsed = !preview.Balance.IsZero && IsAtMost(left, BalanceLeftPercent, preview.Balance);
        return isNearlyUsed || IsBelow(cost, MaxCostPercent, preview.Payable);
    }

    // part ≤ percent of the whole, without a product that could overflow: whole = 100 q + r.
    private static bool IsAtMost(Amount part, uint percent, Amount whole) => part.Units <= Share(percent, whole);

    private static bool IsBelow(Amount part, uint percent, Amount whole) => part.Units < Share(percent, whole);

    private static UInt128 Share(uint percent, Amount whole)
    {
        var (quotient, remainder) = UInt128.DivRem(whole.Units, 100);
        return (quotient * percent) + (remainder * percent / 100);
    }
}
