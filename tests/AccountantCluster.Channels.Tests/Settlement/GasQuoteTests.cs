using System.Numerics;
using AccountantCluster.Channels.Settlement;
using CsCheck;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Settlement;

public sealed class GasQuoteTests
{
    private static readonly BigInteger Token = BigInteger.Pow(10, 18);

    [Fact]
    public void Gas_costs_what_a_person_would_reckon()
    {
        // 35,000 gas at 20 gwei are 0.0007 ether, 1.75 dollars at 2,500: 1,750,000 units of six decimals, of which 10^18 are 10^12 dollars.
        var dollar = new GasQuote(WeiPerGas: 20_000_000_000, WeiPerToken: (UInt128)(BigInteger.Pow(10, 12) * Token / 2_500));
        Assert.Equal(Units(1_750_000), dollar.CostOf(35_000));
        // A token that is worth as much as ether, with as many decimals.
        Assert.Equal(Units(700_000_000_000_000), new GasQuote(20_000_000_000, 1_000_000_000_000_000_000).CostOf(35_000));
    }

    [Fact]
    public void A_token_of_which_nobody_knows_what_it_is_worth_has_no_cost()
    {
        Assert.Null(new GasQuote(1, WeiPerToken: null).CostOf(1));
        Assert.Null(new GasQuote(1, WeiPerToken: 0).CostOf(1));
    }

    [Fact]
    public void It_is_rounded_up_and_never_too_low() =>
        Gen.Select(Gen.ULong[1, 1_000_000_000_000], Gen.ULong[1, 30_000_000], Gen.ULong, Gen.ULong).Sample(
            (price, gas, high, low) =>
            {
                var worth = new UInt128(high >> 8, low);
                if (worth == 0) return;
                var exact = (((BigInteger)price * gas * Token) + (BigInteger)worth - 1) / (BigInteger)worth;
                var cost = (BigInteger)new GasQuote(price, worth).CostOf(gas)!.Value.Units;
                var largest = (BigInteger)UInt128.MaxValue;
                Assert.InRange(cost, BigInteger.Min(exact, largest), BigInteger.Min(exact + (exact / 1_000_000_000) + 2, largest));
            },
            iter: TestEffort.Of(1_000));
}
