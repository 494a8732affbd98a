using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;
using CsCheck;

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

    [Theory]
    // What is worth it, and what is not: too little, too dear, too early.
    [InlineData(1_000, 5_000, 49, 0, 0, "", SettlementReason.Worthwhile)]
    [InlineData(99, 5_000, 0, 0, 0, "", SettlementReason.None)]
    [InlineData(1_000, 5_000, 50, 0, 0, "", SettlementReason.None)]
    [InlineData(1_000, 5_000, 50, 7, 0, "", SettlementReason.Age)]
    [InlineData(1_000, 5_000, 1_000, 7, 0, "", SettlementReason.None)]
    [InlineData(4_500, 5_000, 1_000, 0, 0, "", SettlementReason.BalanceUsed)]
    // What cannot wait, whatever it costs below what it brings.
    [InlineData(1_000, 5_000, 999, 0, 0, "key", SettlementReason.KeyRevoked)]
    [InlineData(1_000, 5_000, 1_000, 0, 0, "key", SettlementReason.None)]
    [InlineData(1_000, 5_000, 999, 0, 10, "", SettlementReason.ConsumerLeaves)]
    [InlineData(1_000, 5_000, 999, 0, 0, "risk", SettlementReason.Risk)]
    [InlineData(1_000, 5_000, 999, 0, 10, "risk key", SettlementReason.KeyRevoked)]
    // Nothing is there to pay with, but what consumers have promised.
    [InlineData(1_000, 0, 20, 0, 10, "", SettlementReason.None)]
    [InlineData(1_000, 0, 20, 0, 21, "", SettlementReason.ConsumerLeaves)]
    [InlineData(0, 0, 0, 9, 21, "risk key", SettlementReason.None)]
    public void A_reason_to_settle_is_named(
        ulong promised, ulong balance, ulong cost, int days, ulong leaving, string also, SettlementReason expected)
    {
        var sight = Sight(promised, balance, cost) with
        {
            Age = TimeSpan.FromDays(days),
            Leaving = new Amount(leaving),
            Collectable = new Amount(leaving),
            IsRiskNearLimit = also.Contains("risk"),
            IsKeyRevoked = also.Contains("key"),
        };
        Assert.Equal(expected, new SettlementPolicy { MinimumValue = new Amount(100) }.Decide(sight));
    }

    [Fact]
    public void Nothing_is_ever_settled_that_costs_what_it_brings_and_what_is_dearer_is_no_better() =>
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[0, 7]).Sample(
            (promised, balance, collectable, cost, urgent) =>
            {
                var sight = Sight((ulong)promised, (ulong)balance, (ulong)cost) with
                {
                    AtRisk = new Amount((UInt128)promised),
                    Collectable = new Amount((UInt128)collectable),
                    Leaving = new Amount((UInt128)((urgent & 1) == 0 ? 0 : collectable)),
                    IsRiskNearLimit = (urgent & 2) != 0,
                    IsKeyRevoked = (urgent & 4) != 0,
                };
                var policy = new SettlementPolicy();
                var reason = policy.Decide(sight);
                if (reason != SettlementReason.None) Assert.True(cost < Math.Min(promised, balance + collectable));
                var cheaper = policy.Decide(sight with { Cost = Amount.Zero });
                if (reason != SettlementReason.None) Assert.NotEqual(SettlementReason.None, cheaper);
            },
            iter: TestEffort.Of(2_000));

    [Theory]
    [InlineData(100_000, 20, 2, 1_000_000, 2_200_000_000_000_000_000)]
    [InlineData(1, 1, 0, 1_000_000_000_000_000_000, 1)]
    // Rounded up.
    [InlineData(1, 1, 0, 3_000_000_000_000_000_000, 1)]
    public void Gas_costs_tokens_by_the_providers_rate(ulong gas, ulong baseFee, ulong priority, ulong rate, ulong expected) =>
        Assert.Equal(new Amount(expected), new TokenRate(rate).ToTokens(gas, baseFee, priority));

    [Fact]
    public void A_worthless_token_pays_for_no_gas() =>
        Assert.Equal(Amount.MaxValue, new TokenRate(0).ToTokens(1, 1, 0));

    [Fact]
    public void The_largest_amounts_do_not_overflow()
    {
        var preview = new SettlementPreview(Amount.MaxValue, Amount.Zero, Amount.MaxValue, Amount.MaxValue);
        Assert.Equal(Amount.MaxValue, preview.Payable);
        Assert.True(new SettlementPolicy().IsWorthIt(preview, new Amount(1)));
    }

    private static SettlementSight Sight(ulong promised, ulong balance, ulong cost) =>
        new(new SettlementPreview(new Amount(promised), Amount.Zero, new Amount(balance), Amount.Zero), new Amount(cost))
        {
            AtRisk = new Amount(promised),
        };
}
