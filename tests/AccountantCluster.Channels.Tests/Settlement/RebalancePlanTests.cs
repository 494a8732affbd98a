using AccountantCluster.Channels.Settlement;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Settlement;

public sealed class RebalancePlanTests
{
    private static readonly ProviderBalance[] Channels =
    [
        new(AddressOf(1), Balance: Units(90), Loan: Units(100)),
        new(AddressOf(2), Balance: Units(0), Loan: Units(50)),
        new(AddressOf(3), Balance: Units(100), Loan: Units(100)),
        new(AddressOf(4), Balance: Units(500), Loan: Units(100)),
        new(AddressOf(5), Balance: Units(70), Loan: Units(100)),
    ];

    [Fact]
    public void Those_that_miss_most_come_first_and_full_ones_never() => Assert.Equal(
        [new RebalanceRow(AddressOf(2), Units(50)), new RebalanceRow(AddressOf(5), Units(30)), new RebalanceRow(AddressOf(1), Units(10))],
        RebalancePlan.Choose(Channels, free: Units(1_000), new RowPolicy(), cost: null).ToArray());

    [Fact]
    public void The_plan_ends_where_the_free_tokens_do()
    {
        Assert.Equal(
            [new RebalanceRow(AddressOf(2), Units(50)), new RebalanceRow(AddressOf(5), Units(5))],
            RebalancePlan.Choose(Channels, free: Units(55), new RowPolicy(), cost: null).ToArray());
        Assert.Empty(RebalancePlan.Choose(Channels, free: Amount.Zero, new RowPolicy(), cost: null));
    }

    [Fact]
    public void A_refill_is_worth_its_gas_or_has_waited_long_enough()
    {
        var policy = new RowPolicy { Minimum = Units(11), MaximumFeeBasisPoints = 1_000, MaximumAge = TimeSpan.FromHours(1) };
        Assert.Equal(
            [AddressOf(2), AddressOf(5)], RebalancePlan.Choose(Channels, Units(1_000), policy, cost: null).Select(row => row.Provider));
        Assert.Equal([AddressOf(2)], RebalancePlan.Choose(Channels, Units(1_000), policy, Units(4)).Select(row => row.Provider));
        var waited = Channels.Select(channel => channel with { Waited = TimeSpan.FromHours(1) });
        Assert.Equal(
            [AddressOf(2), AddressOf(5)], RebalancePlan.Choose(waited, Units(1_000), policy, Units(4)).Select(row => row.Provider));
    }
}
