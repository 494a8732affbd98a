using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>What an R, or a hashlock that is one, does to a consumer channel (protocol §5).</summary>
public sealed class RevealTests
{
    private static readonly TestChain Chain = TestChain.Of(1);

    private readonly JournaledConsumerChannel _channel = new(deposited: 1_000);

    [Fact]
    public void An_R_makes_the_highest_promise_under_its_hashlock_settleable()
    {
        Pay(Chain.Hashlock(3), total: 10);
        var highest = Pay(Chain.Hashlock(3), total: 25);
        _channel.Reveal(Chain.R(3));
        Assert.Equal(new SettleablePromise(highest, Chain.R(3)), _channel.State.Settleable);
        Assert.Empty(_channel.State.Rungs);
        Assert.Equal(Units(25), _channel.State.CoveredCredit);
    }

    [Fact]
    public void An_R_opens_every_older_window_within_16_steps_of_one_that_it_opens()
    {
        Pay(Chain.Hashlock(2), total: 1);
        Pay(Chain.Hashlock(18), total: 2, Bob);
        Pay(Chain.Hashlock(34), total: 3, Carol);
        _channel.Reveal(Chain.R(40));
        Assert.Empty(_channel.State.Rungs);
    }

    [Fact]
    public void An_R_further_up_than_16_windows_opens_nothing()
    {
        Pay(Chain.Hashlock(2), total: 1);
        Assert.Empty(ConsumerChannel.DecideReveal(_channel.State, Chain.R(18)));
        Assert.NotEmpty(ConsumerChannel.DecideReveal(_channel.State, Chain.R(17)));
    }

    [Fact]
    public void A_promise_in_the_next_window_opens_the_one_before()
    {
        Pay(Chain.Hashlock(5), total: 10);
        Pay(Chain.Hashlock(6), total: 12);
        Assert.Equal((Chain.Hashlock(6), Units(10)), (Assert.Single(_channel.State.Rungs).Hashlock, _channel.State.SettleableAmount));
    }

    [Fact]
    public void A_promise_in_an_older_window_than_one_that_is_revealed_comes_revealed()
    {
        var decision = _channel.Offer(Promise(10, Chain.Hashlock(5), Alice, total: 10), Chain.R(5));
        Assert.Equal(RejectionReason.None, decision.Reason);
        Assert.Equal((Units(10), Units(10)), (_channel.State.SettleableAmount, _channel.State.CoveredCredit));
    }

    [Fact]
    public void A_wrong_R_is_refused()
    {
        Assert.Equal(RejectionReason.UnknownHashlock, _channel.Offer(Promise(10, Chain.Hashlock(5), Alice, total: 10), Chain.R(6)).Reason);
        Assert.Empty(ConsumerChannel.DecideReveal(_channel.State, Chain.R(5)));
    }

    [Fact]
    public void What_a_higher_settleable_promise_covers_needs_no_R()
    {
        Pay(Chain.Hashlock(0), total: 10);
        _channel.Offer(Promise(30, TestChain.Of(2).Hashlock(0), Bob, total: 5), TestChain.Of(2).R(0));
        Assert.Empty(_channel.State.Rungs);
        Assert.Empty(ConsumerChannel.DecideReveal(_channel.State, Chain.R(0)));
        // Under that hashlock again, above what is settleable, a new rung begins with the new credit only.
        Pay(Chain.Hashlock(0), total: 30);
        Assert.Equal(Units(20), Assert.Single(_channel.State.Rungs).Credit);
    }

    [Fact]
    public void Reveals_are_heard_while_frozen_and_exiting()
    {
        Pay(Chain.Hashlock(0), total: 10);
        _channel.Freeze(true);
        _channel.Observe(deposited: 1_000, exiting: true);
        _channel.Reveal(Chain.R(0));
        Assert.Equal(Units(10), _channel.State.SettleableAmount);
    }

    private VerifiedPromise Pay(Hashlock hashlock, UInt128 total, Address? provider = null)
    {
        var to = provider ?? Alice;
        var promise = Promise(_channel.State.Credited.Units + total - _channel.State.With(to).Credited.Units, hashlock, to, total);
        Assert.Equal(RejectionReason.None, _channel.Offer(promise).Reason);
        return promise;
    }
}
