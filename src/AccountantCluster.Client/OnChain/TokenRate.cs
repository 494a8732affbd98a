using System.Numerics;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>What a token is worth to a provider, to compare gas with what a settlement pays.</summary>
/// <param name="WeiPerQuintillion">
/// Wei that 10^18 base units are worth, as operators say it, too: 3·10^26 for a dollar with six decimals while an ether is worth 3,000.
/// </param>
public readonly record struct TokenRate(UInt128 WeiPerQuintillion)
{
    /// <summary>What gas costs, in token base units, rounded up. A rate of nothing makes it unaffordable.</summary>
    /// <param name="gas">Units of gas.</param>
    /// <param name="baseFeeWei">What a unit costs.</param>
    /// <param name="priorityFeeWei">On top.</param>
    public Amount ToTokens(ulong gas, UInt128 baseFeeWei, UInt128 priorityFeeWei) => WeiPerQuintillion == 0
        ? Amount.MaxValue
        : EtherInTokens.Of(gas * ((BigInteger)baseFeeWei + priorityFeeWei), WeiPerQuintillion) ?? Amount.MaxValue;
}
