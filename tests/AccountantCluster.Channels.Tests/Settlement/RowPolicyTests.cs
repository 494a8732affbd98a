using System.Numerics;
using AccountantCluster.Channels.Settlement;
using AccountantCluster.Protocol;
using CsCheck;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Settlement;

public sealed class RowPolicyTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly RowPolicy Policy = new()
    {
        Minimum = Units(100),
        AlwaysAt = Units(10_000),
        MaximumFeeBasisPoints = 250,
        MaximumAge = TimeSpan.FromHours(2),
    };

    [Theory]
    [InlineData(99, 5, 0, false)] // Below the minimum, however long it waits and however cheap gas is.
    [InlineData(100, 0, 3, false)] // 2.5 % of 100 is 2.
    [InlineData(100, 0, 2, true)]
    [InlineData(100, 2, 1_000, true)] // It has waited long enough.
    [InlineData(9_999, 1, 250, false)]
    [InlineData(9_999, 1, 249, true)]
    [InlineData(10_000, 0, 9_999, true)] // Too much to leave with somebody else.
    public void A_row_goes_out_when_it_is_worth_its_gas_or_must(uint value, int hours, uint cost, bool goes) =>
        Assert.Equal(goes, Policy.Allows(Units(value), hours * Hour, Units(cost)));

    [Fact]
    public void Where_nobody_knows_what_gas_costs_the_minimum_decides()
    {
        Assert.True(Policy.Allows(Units(100), TimeSpan.Zero, cost: null));
        Assert.False(Policy.Allows(Units(99), TimeSpan.MaxValue, cost: null));
        Assert.False(new RowPolicy { Minimum = Amount.Zero }.Allows(Amount.Zero, TimeSpan.MaxValue, cost: null));
    }

    [Fact]
    public void The_share_is_exact_for_every_amount() => Gen.Select(Gen.ULong, Gen.ULong, Gen.UShort[0, 10_000]).Sample(
        (high, low, share) =>
        {
            var value = new UInt128(high, low);
            // The largest amount of all goes out whatever gas costs, where no policy says another one.
            if (value == 0 || value == UInt128.MaxValue) return;
            var policy = new RowPolicy { MaximumFeeBasisPoints = share };
            var most = (UInt128)((BigInteger)value * share / 10_000);
            Assert.True(policy.Allows(Units(value), TimeSpan.Zero, Units(most)));
            Assert.False(policy.Allows(Units(value), TimeSpan.Zero, Units(most + 1)));
        },
        iter: TestEffort.Of(1_000));
}
