using AccountantCluster.Channels.Settlement;
using CsCheck;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Settlement;

public sealed class PaymentPlanTests
{
    private static readonly RowPolicy FromTen = new() { Minimum = Units(10) };

    [Fact]
    public void Those_to_whom_most_is_owed_come_first_and_totals_are_cumulative()
    {
        var rows = PaymentPlan.Choose(
            [Payable(1, 150, settled: 100), Payable(2, 300), Payable(3, 109, settled: 100), Payable(4, 80, settled: 80)],
            withdrawable: Units(1_000),
            FromTen,
            cost: null);
        Assert.Equal(
            [new PaymentRow(AddressOf(2), Units(300), Units(300)), new PaymentRow(AddressOf(1), Units(150), Units(50))], rows.ToArray());
    }

    [Fact]
    public void What_nothing_reserves_pays_first_and_the_channels_own_balance_then()
    {
        var rows = PaymentPlan.Choose(
            [Payable(1, 100, balance: 30), Payable(2, 90, balance: 20), Payable(3, 80), Payable(4, 70, balance: 5)],
            withdrawable: Units(110),
            FromTen,
            cost: null);
        Assert.Equal(
            [new PaymentRow(AddressOf(1), Units(100), Units(100)), new PaymentRow(AddressOf(2), Units(90), Units(30))], rows.ToArray());
    }

    [Fact]
    public void What_gas_makes_dear_waits() => Assert.Equal(
        [AddressOf(2)],
        PaymentPlan.Choose(
            [Payable(1, 100), Payable(2, 300)], Units(1_000), new RowPolicy { MaximumFeeBasisPoints = 100 }, Units(2))
            .Select(row => row.Provider));

    [Fact]
    public void Nobody_is_paid_more_than_is_owed_nor_all_together_more_than_there_is() =>
        Gen.Select(Gen.UInt[0, 300], Gen.UInt[0, 300], Gen.UInt[0, 100]).Array[0, 20].Select(Gen.UInt[0, 2_000]).Sample(
            (channels, withdrawable) =>
            {
                var payable = channels.Select((one, index) => Payable((uint)index, one.Item1, one.Item2, one.Item3)).ToList();
                var rows = PaymentPlan.Choose(payable, Units(withdrawable), FromTen, cost: null);
                foreach (var row in rows)
                {
                    var channel = payable.Single(one => one.Provider == row.Provider);
                    Assert.InRange(row.Value.Units, (UInt128)10, channel.Owed.Units);
                    Assert.Equal(channel.Settleable, row.Total);
                }
                var free = rows.Sum(row => (long)row.Value.Units - (long)payable.Single(one => one.Provider == row.Provider).Balance.Units);
                Assert.True(free <= withdrawable);
            },
            iter: TestEffort.Of(300));

    private static PayableChannel Payable(uint number, UInt128 settleable, UInt128 settled = default, UInt128 balance = default) =>
        new(AddressOf(number), Units(settleable), Units(settled), Units(balance), TimeSpan.Zero);
}
