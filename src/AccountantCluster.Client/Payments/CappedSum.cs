using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Payments;

/// <summary>
/// Sums for comparisons alone: beyond 2^128 the exact value makes no difference, and a forged amount must not stop anybody.
/// </summary>
internal static class CappedSum
{
    public static Amount Of(IEnumerable<Amount> amounts) => amounts.Aggregate(Amount.Zero, (sum, amount) => sum.SaturatingAdd(amount));
}
