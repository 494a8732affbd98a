using System.Numerics;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>What gas costs, and what the token is worth.</summary>
/// <param name="WeiPerGas">What a unit of gas costs now, in wei.</param>
/// <param name="WeiPerToken">
/// What 10^18 base units of the token are worth, in wei: 3·10^26 for a dollar with six decimals while an ether is worth 3,000. Null where
/// nobody knows.
/// </param>
public readonly record struct GasQuote(UInt128 WeiPerGas, UInt128? WeiPerToken)
{
    /// <summary>
    /// What an amount of gas costs in token base units, rounded up; null where that is not known. More than any token has counts as the
    /// largest amount.
    /// </summary>
    public Amount? CostOf(ulong gas) => WeiPerToken is { } price && price != 0
        ? EtherInTokens.Of((BigInteger)WeiPerGas * gas, price) ?? Amount.MaxValue
        : null;
}
