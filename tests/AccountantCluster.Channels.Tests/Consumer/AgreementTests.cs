using AccountantCluster.Protocol;
using CsCheck;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>Protocol §4 rules 2 and 7: what an agreement's total means, and how many are kept.</summary>
public sealed class AgreementTests
{
    private static readonly Hashlock Lock = TestChain.Of(1).Hashlock(0);

    private readonly JournaledConsumerChannel _channel = new(deposited: 1_000_000);

    [Fact]
    public void A_total_that_was_reached_is_a_success_that_stores_nothing()
    {
        Offer(agreement: 1, total: 10);
        var before = _channel.State;
        Assert.Equal(RejectionReason.AlreadyCovered, Offer(agreement: 1, total: 10).Reason);
        Assert.Equal(RejectionReason.AlreadyCovered, Offer(agreement: 1, total: 9).Reason);
        Assert.Same(before, _channel.State);
        // The credit goes to the provider channel again until it says that it has it.
        Assert.Equal([new CreditSegment(Lock, Amount.Zero, Units(10))], _channel.State.With(Alice).Unacknowledged);
    }

    [Fact]
    public void Agreements_of_one_id_with_two_providers_are_two()
    {
        Offer(agreement: 1, total: 10);
        Assert.Equal(Units(10), _channel.Offer(Promise(20, Lock, Bob, total: 10)).Delta);
    }

    [Fact]
    public void The_64_highest_are_kept_and_the_others_fold_into_the_total()
    {
        for (ulong agreement = 1; agreement <= 70; agreement++) Assert.Equal(RejectionReason.None, Offer(agreement, total: 10).Reason);
        var kept = _channel.State.With(Alice);
        Assert.Equal(ProtocolLimits.AgreementsKept, kept.Totals.Count);
        Assert.Equal(AgreementId.From(6), kept.Floor);
        Assert.Equal(AgreementId.From(7), kept.Totals.Keys.First());
        Assert.Equal(Units(700), kept.Credited);
    }

    [Fact]
    public void Below_the_floor_an_agreement_is_closed()
    {
        for (ulong agreement = 1; agreement <= 70; agreement++) Offer(agreement, total: 10);
        Assert.Equal(RejectionReason.AgreementClosed, Offer(agreement: 6, total: 10).Reason);
        Assert.Equal(RejectionReason.AgreementClosed, Offer(agreement: 6, total: 1_000).Reason);
        Assert.Equal(RejectionReason.AgreementClosed, Offer(agreement: 0, total: 1_000).Reason);
        Assert.Equal(RejectionReason.None, Offer(agreement: 7, total: 11).Reason);
        Assert.Equal(Units(701), _channel.State.Credited);
    }

    [Fact]
    public void A_new_agreement_below_all_that_are_kept_comes_too_late()
    {
        for (ulong agreement = 1; agreement <= 64; agreement++) Offer(agreement * 10, total: 10);
        Assert.Null(_channel.State.With(Alice).Floor);
        Assert.Equal(RejectionReason.AgreementClosed, Offer(agreement: 9, total: 10).Reason);
        // Between two that are kept there is room: the lowest goes.
        Assert.Equal(RejectionReason.None, Offer(agreement: 11, total: 10).Reason);
        Assert.Equal(AgreementId.From(10), _channel.State.With(Alice).Floor);
    }

    [Fact]
    public void The_first_payment_has_a_minimum_and_the_next_has_none()
    {
        var policy = Generous with { MinimumFirstPayment = Units(5) };
        Assert.Equal(RejectionReason.AmountOutOfRange, _channel.Offer(Promise(4, Lock, Alice, total: 4), policy: policy).Reason);
        Assert.Equal(RejectionReason.None, _channel.Offer(Promise(5, Lock, Alice, total: 5), policy: policy).Reason);
        Assert.Equal(RejectionReason.None, _channel.Offer(Promise(6, Lock, Alice, total: 6), policy: policy).Reason);
    }

    /// <summary>
    /// However agreements come and go, no delta counts twice: per agreement the highest total accepted is credited, once.
    /// </summary>
    [Fact]
    public void No_delta_is_counted_twice() =>
        Gen.Select(Gen.ULong[0, 100], Gen.UInt[1, 50]).Array[1, 300].Sample(
            offers =>
            {
                var channel = new JournaledConsumerChannel(deposited: 1_000_000);
                var reached = new Dictionary<ulong, UInt128>();
                foreach (var (agreement, total) in offers)
                {
                    var decision = channel.Offer(Promise(channel.State.Credited.Units + total, Lock, Alice, total, agreement));
                    if (decision.Reason != RejectionReason.None) continue;
                    Assert.Equal(total - reached.GetValueOrDefault(agreement), decision.Delta.Units);
                    reached[agreement] = total;
                }
                Assert.Equal(reached.Values.Aggregate(UInt128.Zero, (sum, total) => sum + total), channel.State.Credited.Units);
                Assert.True(channel.State.With(Alice).Totals.Count <= ProtocolLimits.AgreementsKept);
            },
            iter: TestEffort.Of(100));

    private Channels.Consumer.OfferDecision Offer(ulong agreement, UInt128 total) =>
        _channel.Offer(Promise(_channel.State.Credited.Units + total, Lock, Alice, total, agreement));
}
