using System.Collections.Immutable;
using AccountantCluster.Channels;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>What a batch answers when something on its way is missing.</summary>
public sealed class BatchProgressTests
{
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _one = new();
    private readonly TestConsumer _other = new();
    private readonly BatchProgress _batch;

    public BatchProgressTests()
    {
        _batch = new BatchProgress(_provider.Batch(
            _one.Promise(100, _provider.Hashlock(0), _provider, total: 100), _other.Promise(50, _provider.Hashlock(1), _provider, total: 50)));
    }

    [Fact]
    public void Before_anything_is_known_everything_is_unknown()
    {
        var answer = _batch.GiveUp();

        Assert.Equal([RejectionReason.OutcomeUnknown, RejectionReason.OutcomeUnknown], Reasons(answer));
        Assert.Equal(RejectionReason.OutcomeUnknown, answer.Reason);
    }

    [Fact]
    public void At_the_deadline_what_was_refused_is_refused_and_the_rest_is_unknown()
    {
        _batch.Prepared(Prepared());
        _batch.Offered(Offered(_one, RejectionReason.None, 100));
        _batch.Offered(Offered(_other, RejectionReason.Overspend));

        Assert.Equal([RejectionReason.OutcomeUnknown, RejectionReason.Overspend], Reasons(_batch.GiveUp()));
    }

    [Fact]
    public void A_channel_that_does_not_answer_costs_its_own_promise_only()
    {
        _batch.Prepared(Prepared());
        _batch.Offered(Offered(_one, RejectionReason.None, 100));

        Assert.Equal([_other.Channel], _batch.ToOffer().Select(offers => offers.Channel));
        var credit = _batch.ToCredit();
        Assert.Equal(_provider.Hashlock(0), credit.Hashlock);
        Assert.Equal(_one.Channel, Assert.Single(credit.Credits).Channel);
        Assert.Equal([RejectionReason.None, RejectionReason.OutcomeUnknown], Reasons(_batch.Complete(Signed((_one, 100)))));
    }

    [Fact]
    public void Without_any_answer_nobody_knows_why_nothing_was_signed()
    {
        _batch.Prepared(Prepared());

        Assert.Null(_batch.ToCredit().Hashlock);
        Assert.Equal(RejectionReason.OutcomeUnknown, _batch.Complete(Signed() with { Reason = RejectionReason.UnknownHashlock }).Reason);
    }

    [Fact]
    public void A_gap_makes_the_promise_unknown_and_is_not_acknowledged_beyond_what_counts()
    {
        _batch.Prepared(Prepared());
        _batch.Offered(Offered(_one, RejectionReason.AlreadyCovered, credited: 100));
        _batch.Offered(Offered(_other, RejectionReason.None, 50));
        var signed = Signed((_one, 60), (_other, 50));

        var gap = Assert.Single(_batch.GapsIn(signed));
        Assert.Equal((_one.Channel, new Amount(60), new Amount(100)), (gap.Channel, gap.Counted, gap.Sent));
        Assert.Equal([RejectionReason.OutcomeUnknown, RejectionReason.None], Reasons(_batch.Complete(signed)));
        Assert.Equal([new Amount(60), new Amount(50)], _batch.ToAcknowledge(signed).Select(acknowledgement => acknowledgement.Total));
    }

    [Fact]
    public void A_second_answer_of_a_channel_changes_nothing()
    {
        _batch.Prepared(Prepared());
        _batch.Offered(Offered(_one, RejectionReason.None, 100));
        _batch.Offered(Offered(_one, RejectionReason.AlreadyCovered, credited: 100));
        _batch.Offered(Offered(_other, RejectionReason.None, 50));

        Assert.Equal([RejectionReason.None, RejectionReason.None], Reasons(_batch.Complete(Signed((_one, 100), (_other, 50)))));
    }

    [Fact]
    public void Promises_under_a_hashlock_too_many_are_to_be_revealed_first_and_never_offered()
    {
        _batch.Prepared(Prepared(refused: _provider.Hashlock(1)));

        Assert.Equal([_one.Channel], _batch.ToOffer().Select(offers => offers.Channel));
        Assert.Equal([RejectionReason.OutcomeUnknown, RejectionReason.RevealFirst], Reasons(_batch.GiveUp()));
    }

    private static IEnumerable<RejectionReason> Reasons(ExchangeAnswer answer) => answer.Promises.Select(outcome => outcome.Reason);

    private static PromisesOffered Offered(TestConsumer consumer, RejectionReason reason, uint delta = 0, uint credited = 0)
    {
        var total = Math.Max(delta, credited);
        ImmutableArray<CreditSegment> unacknowledged = total == 0 ? [] : [new CreditSegment(default, Amount.Zero, new Amount(total))];
        return new PromisesOffered(consumer.Channel, [new OfferOutcome(reason, new Amount(delta), null, null)], unacknowledged);
    }

    private static CreditedAndSigned Signed(params (TestConsumer Consumer, uint Total)[] totals) => new(
        [.. totals.Select(total => new CreditedTotal(total.Consumer.Channel, new Amount(total.Total)))],
        RejectionReason.None,
        null,
        default,
        default,
        default,
        default,
        FeeBasisPoints: 0);

    private BatchPrepared Prepared(Hashlock? refused = null) => new(
        [], [.. _batch.ToPrepare().Hashlocks.Select(hashlock => new HashlockStanding(hashlock, null, IsRefused: hashlock == refused))]);
}
