using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests;

/// <summary>What a settlement pays its transaction maker: the contract's own rule, min(max(0, totalFee − feesPaid), paid).</summary>
public sealed class JobPayTests
{
    [Theory]
    [InlineData(30, 0, 0, 0, 100, 30)]
    [InlineData(30, 0, 20, 0, 100, 10)]
    [InlineData(30, 0, 30, 0, 100, 0)]
    [InlineData(30, 0, 50, 0, 100, 0)]
    [InlineData(30, 0, 0, 0, 7, 7)]
    [InlineData(30, 151, 0, 50, 100, 0)]
    [InlineData(30, 150, 0, 50, 100, 30)]
    public void The_fee_is_what_the_books_leave_of_it(
        ulong totalFee, ulong minSettled, ulong feesPaid, ulong settled, ulong paid, ulong expected)
    {
        var pay = new JobPay(default, new Amount(totalFee), new Amount(minSettled), new Amount(1_000));
        Assert.Equal(new Amount(expected), pay.OnSettlement(Channel(settled, feesPaid), new Amount(paid)));
    }

    [Fact]
    public void A_total_beyond_every_amount_pays_nothing() => Assert.Equal(
        Amount.Zero,
        new JobPay(default, new Amount(5), default, Amount.MaxValue).OnSettlement(Channel(ulong.MaxValue, 0), Amount.MaxValue));

    [Theory]
    [InlineData(1_000, 30, true)]
    [InlineData(1_001, 31, true)]
    [InlineData(999, 30, false)]
    [InlineData(1_000, 29, false)]
    public void It_is_done_when_all_is_settled_and_paid_for(ulong settled, ulong feesPaid, bool expected) => Assert.Equal(
        expected, new JobPay(default, new Amount(30), default, new Amount(1_000)).IsDoneOn(Channel(settled, feesPaid)));

    private static ProviderChannelOnChain Channel(ulong settled, ulong feesPaid) =>
        new(Address.Zero, default, default, default, new Amount(settled), new Amount(feesPaid), 0);
}
