using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Payments;

/// <summary>
/// Sums for comparisons alone: beyond 2^128 the exact value makes no difference, and a forged amount must not stop anybody.
/// </summary>
internal static class CappedSum
{
    public static Amount Of(Amount left, Amount right) => left.TryAdd(right, out var sum) ? sum : Amount.MaxValue;

    public static Amount Of(IEnumerable<Amount> amounts) => amounts.Aggregate(Amount.Zero, Of);
}
