using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>The accountant takes consumers' promises back after a restore from an old backup (protocol §4).</summary>
public sealed class EvidenceTests
{
    private static readonly TestChain Chain = TestChain.Of(1);

    private readonly JournaledConsumerChannel _channel = new(100);

    [Fact]
    public void It_raises_what_is_promised_and_what_can_be_collected()
    {
        var promise = Promise(60, Chain.Hashlock(3), Alice, total: 20);
        Assert.Equal(RejectionReason.None, _channel.Import(promise, Chain.R(3)));
        _channel.Crash();
        Assert.Equal(promise, _channel.State.Latest);
        Assert.Equal(new SettleablePromise(promise, Chain.R(3)), _channel.State.Settleable);
        Assert.Equal(Amount.Zero, _channel.State.Credited);
    }

    /// <summary>The credit comes back the usual way, and once.</summary>
    [Fact]
    public void Its_credit_is_handed_in_as_any_other()
    {
        var promise = Promise(60, Chain.Hashlock(3), Alice, total: 20);
        _channel.Import(promise, Chain.R(3));
        var again = _channel.Offer(promise, Chain.R(3));
        Assert.Equal((RejectionReason.None, Units(20)), (again.Reason, again.Delta));
        Assert.Equal(RejectionReason.AlreadyCovered, _channel.Offer(promise, Chain.R(3)).Reason);
    }

    [Fact]
    public void It_covers_what_was_credited_below_it_and_opens_its_own_rung()
    {
        _channel.Offer(Promise(10, Chain.Hashlock(0), Alice, total: 10));
        _channel.Offer(Promise(70, TestChain.Of(2).Hashlock(0), Bob, total: 5));
        _channel.Import(Promise(60, Chain.Hashlock(3), Alice, total: 20), Chain.R(3));
        Assert.Equal(Units(60), _channel.State.SettleableAmount);
        Assert.Equal(Bob, Assert.Single(_channel.State.Rungs).Provider);
    }

    [Fact]
    public void A_frozen_or_exiting_channel_takes_it()
    {
        _channel.Freeze(true);
        _channel.SeeExit(_channel.State.Facts.Block + 1);
        Assert.Equal(RejectionReason.None, _channel.Import(Promise(60, Chain.Hashlock(3), Alice, total: 20), Chain.R(3)));
    }

    [Fact]
    public void Nothing_is_ever_lowered()
    {
        _channel.Offer(Promise(70, Chain.Hashlock(0), Alice, total: 10), Chain.R(0));
        Assert.Equal(RejectionReason.AlreadyCovered, _channel.Import(Promise(60, Chain.Hashlock(3), Alice, total: 5), Chain.R(3)));
        Assert.Equal(Units(70), _channel.State.SettleableAmount);
    }

    [Fact]
    public void What_was_promised_before_can_be_collected_though_an_exit_has_been_paid_since()
    {
        _channel.Offer(Promise(70, Chain.Hashlock(0), Alice, total: 10));
        _channel.Observe(deposited: 20);
        var other = TestChain.Of(2);
        Assert.Equal(RejectionReason.None, _channel.Import(Promise(70, other.Hashlock(3), Bob, total: 5), other.R(3)));
        Assert.Equal(Units(70), _channel.State.SettleableAmount);
    }

    [Fact]
    public void It_is_no_way_around_the_double_spend_check()
    {
        Assert.Equal(RejectionReason.Overspend, _channel.Import(Promise(101, Chain.Hashlock(3), Alice, total: 20), Chain.R(3)));
        Assert.Equal(Amount.Zero, _channel.State.Promised);
    }

    [Fact]
    public void Without_its_R_or_its_channel_a_promise_is_no_evidence()
    {
        var promise = Promise(60, Chain.Hashlock(3), Alice, total: 20);
        Assert.Equal(RejectionReason.UnknownHashlock, _channel.Import(promise, Chain.R(2)));
        Assert.Equal(
            RejectionReason.UnknownChannel, ConsumerEvidence.Decide(ConsumerChannelState.Empty, promise, Chain.R(3)).Reason);
    }
}
