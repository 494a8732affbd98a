using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.OnChain;

public sealed class SettlementPolicyTests
{
    [Theory]
    // The price is below 5 % of what is paid, or not.
    [InlineData(1_000, 0, 5_000, 0, 49, true)]
    [InlineData(1_000, 0, 5_000, 0, 50, false)]
    // Nine tenths of the balance are used: at any price below what is paid.
    [InlineData(900, 0, 1_000, 0, 899, true)]
    [InlineData(899, 0, 1_000, 0, 898, false)]
    [InlineData(900, 0, 1_000, 0, 900, false)]
    // Only what is payable counts.
    [InlineData(1_000, 0, 10, 0, 9, true)]
    [InlineData(1_000, 0, 0, 100, 6, false)]
    [InlineData(1_000, 0, 0, 100, 4, true)]
    [InlineData(1_000, 1_000, 5_000, 0, 0, false)]
    public void A_settlement_is_worth_its_price(ulong promised, ulong settled, ulong balance, ulong withdrawable, ulong cost, bool expected)
    {
        var preview = new SettlementPreview(new Amount(promised), new Amount(settled), new Amount(balance), new Amount(withdrawable));
        Assert.Equal(expected, new SettlementPolicy().IsWorthIt(preview, new Amount(cost)));
    }

    [Fact]
    public void The_largest_amounts_do_not_overflow()
    {
        var preview = new SettlementPreview(Amount.MaxValue, Amount.Zero, Amount.MaxValue, Amount.MaxValue);
        Assert.Equal(Amount.MaxValue, preview.Payable);
        Assert.True(new SettlementPolicy().IsWorthIt(preview, new Amount(1)));
    }
}
