using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Settlement;
using AccountantCluster.Protocol;
using CsCheck;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Settlement;

public sealed class CollectionPlanTests
{
    private static readonly RowPolicy FromTen = new() { Minimum = Units(10) };

    [Fact]
    public void The_highest_values_come_first_and_what_is_not_worth_it_is_left_out()
    {
        var rows = CollectionPlan.Choose(
            [Collectable(1, 50), Collectable(2, 9), Collectable(3, 200), Collectable(4, 70, settled: 61), Collectable(5, 100)],
            FromTen,
            cost: null);
        Assert.Equal(
            [(AddressOf(3), Units(200)), (AddressOf(5), Units(100)), (AddressOf(1), Units(50))],
            rows.Select(row => (row.Channel, row.Value)));
        Assert.Equal(Units(200), rows[0].Promise.Amount);
    }

    [Fact]
    public void A_channel_pays_what_it_has()
    {
        var rows = CollectionPlan.Choose(
            [Collectable(1, 100, settled: 30, deposited: 80), Collectable(2, 100, settled: 80, deposited: 80)], new RowPolicy(), null);
        Assert.Equal((AddressOf(1), Units(50)), (Assert.Single(rows).Channel, rows[0].Value));
    }

    [Fact]
    public void Equal_values_come_in_the_order_of_addresses() => Assert.Equal(
        [AddressOf(1), AddressOf(2)],
        CollectionPlan.Choose([Collectable(2, 50), Collectable(1, 50)], FromTen, null).Select(row => row.Channel));

    [Fact]
    public void Who_wants_to_leave_comes_first_however_little_it_is_and_whatever_gas_costs()
    {
        var rows = CollectionPlan.Choose(
            [Collectable(1, 500), Collectable(2, 3) with { IsExiting = true }, Collectable(3, 70, settled: 70) with { IsExiting = true }],
            FromTen,
            cost: Amount.MaxValue);
        Assert.Equal([AddressOf(2)], rows.Select(row => row.Channel));
    }

    [Fact]
    public void Whatever_is_worth_it_is_chosen_and_nothing_else() =>
        Gen.Select(Gen.UInt[0, 300], Gen.UInt[0, 300], Gen.UInt[0, 300]).Array[0, 30].Sample(
            (amounts) =>
            {
                var channels = amounts.Select((a, index) => Collectable((uint)index, a.Item1, a.Item2, a.Item3)).ToList();
                var all = CollectionPlan.Choose(channels, new RowPolicy { Minimum = Units(20) }, cost: null);
                Assert.All(all, row => Assert.True(row.Value >= Units(20)));
                Assert.Equal(all.OrderByDescending(row => row.Value), all);
                Assert.Equal(
                    channels.Sum(c => (long)Pays(c) >= 20 ? (long)Pays(c) : 0), all.Sum(row => (long)row.Value.Units));
            },
            iter: TestEffort.Of(300));

    // The contract: min(amount − settled, balance).
    private static UInt128 Pays(CollectableChannel channel)
    {
        var (amount, settled, deposited) = (channel.Promise.Amount.Units, channel.Settled.Units, channel.Deposited.Units);
        var balance = deposited > settled ? deposited - settled : 0;
        return UInt128.Min(amount > settled ? amount - settled : 0, balance);
    }

    private static CollectableChannel Collectable(uint number, UInt128 amount, UInt128 settled = default, UInt128? deposited = null)
    {
        var chain = TestChain.Of(number);
        var promise = Promise(amount, chain.Hashlock(0), Alice, total: amount, channel: AddressOf(number));
        var settleable = new SettleablePromise(promise, chain.R(0));
        return new CollectableChannel(AddressOf(number), settleable, Units(settled), Units(deposited ?? 1_000));
    }
}
