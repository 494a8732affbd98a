using AccountantCluster.Cluster;

namespace AccountantCluster.Edge;

/// <summary>The terms as they are told at this moment, with the fee that a credit would be counted with now.</summary>
internal sealed class CurrentTerms(AccountantTerms terms, EdgeLimits limits, AccountantFee fee, TimeProvider time)
{
    public Wire.Terms ToWire() => terms.ToWire(limits, fee.Terms.At((ulong)time.GetUtcNow().ToUnixTimeSeconds()));
}
