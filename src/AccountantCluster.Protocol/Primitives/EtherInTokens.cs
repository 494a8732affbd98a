using System.Numerics;

namespace AccountantCluster.Protocol;

/// <summary>What gas costs where people own tokens alone (paper §2.3(7)).</summary>
public static class EtherInTokens
{
    private static readonly BigInteger Quintillion = BigInteger.Pow(10, 18);

    /// <summary>Ether in token base units, rounded up; null where no amount is that large.</summary>
    /// <param name="wei">The ether, not below zero.</param>
    /// <param name="weiPerQuintillion">
    /// Wei that 10^18 base units of the token are worth, above zero: 3·10^26 for a dollar with six decimals while an ether is worth 3,000.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A token that is worth nothing pays for nothing.</exception>
    public static Amount? Of(BigInteger wei, UInt128 weiPerQuintillion)
    {
        ArgumentOutOfRangeException.ThrowIfZero(weiPerQuintillion);
        var units = ((wei * Quintillion) + weiPerQuintillion - 1) / weiPerQuintillion;
        return units > UInt128.MaxValue ? null : new Amount((UInt128)units);
    }
}
