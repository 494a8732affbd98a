using AccountantCluster.Cli.Demo;
using AccountantCluster.Protocol;

namespace AccountantCluster.TestKit;

/// <summary>The accountant's fee by its terms, computed here once more.</summary>
internal static class DemoFee
{
    private const uint Whole = 10_000;

    /// <summary>The fee on everything that a provider was ever credited: basis points, rounded down.</summary>
    public static Amount On(Amount gross) => new(gross.Units * DemoScale.FeeBasisPoints / Whole);
}
