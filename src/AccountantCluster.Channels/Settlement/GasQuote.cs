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
    private static readonly UInt128 Token = 1_000_000_000_000_000_000;

    /// <summary>
    /// What an amount of gas costs in token base units, rounded up; null where that is not known. More than any token has counts as the
    /// largest amount.
    /// </summary>
    public Amount? CostOf(ulong gas)
    {
        if (WeiPerToken is not { } price || price == 0) return null;
        try
        {
            var wei = checked(WeiPerGas * gas);
            // Whole tokens apart from the rest, so that the product fits for all that a block can cost.
            var (whole, rest) = (wei / price, wei % price);
            return new Amount(checked((whole * Token) + Ceiling(rest, price)));
        }
        catch (OverflowException)
        {
            return Amount.MaxValue;
        }
    }

    // rest × 10^18 ÷ price, rest below price.
    private static UInt128 Ceiling(UInt128 rest, UInt128 price)
    {
        if (rest <= UInt128.MaxValue / Token) return ((rest * Token) + price - 1) / price;
        // Both are large: dropping the same factor from both changes nothing that anybody pays.
        var factor = (rest / (UInt128.MaxValue / Token)) + 1;
        return (((rest / factor) + 1) * Token / (price / factor)) + 1;
    }
}
