using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>A cover unblocks a consumer whose providers never reveal (protocol §4 rule 6).</summary>
public sealed class CoverTests
{
    private static readonly ChannelPolicy Policy = new(Units(10), WindowLimit: 1, ProviderLimit: 1, MinimumFirstPayment: Units(1));
    private static readonly TestChain Own = TestChain.Of(70);

    private readonly JournaledConsumerChannel _channel = new(deposited: 100);

    public CoverTests() => _channel.Offer(Promise(10, TestChain.Of(1).Hashlock(0), Alice, total: 10), policy: Policy);

    [Fact]
    public void A_cover_unblocks_and_credits_nobody()
    {
        var toBob = Promise(20, TestChain.Of(2).Hashlock(0), Bob, total: 10);
        Assert.Equal(RejectionReason.RevealFirst, _channel.Offer(toBob, policy: Policy).Reason);

        var decision = _channel.Offer(Cover(10, Own.Hashlock(0)), Own.R(0), Policy);
        Assert.Equal((RejectionReason.None, Amount.Zero), (decision.Reason, decision.Delta));
        Assert.Equal(Units(10), _channel.State.Credited);
        Assert.Equal(Alice, Assert.Single(_channel.State.Agreements).Key);
        Assert.Equal((Units(10), Units(10)), (_channel.State.SettleableAmount, _channel.State.Promised));
        Assert.True(_channel.State.Settleable!.Promise.IsCover);

        Assert.Equal(RejectionReason.None, _channel.Offer(toBob, policy: Policy).Reason);
    }

    [Fact]
    public void A_cover_cannot_raise_what_is_promised()
    {
        var before = _channel.State;
        Assert.Equal(RejectionReason.AmountOutOfRange, _channel.Offer(Cover(11, Own.Hashlock(0)), Own.R(0), Policy).Reason);
        Assert.Same(before, _channel.State);
    }

    [Fact]
    public void A_cover_comes_with_its_R()
    {
        Assert.Equal(RejectionReason.UnknownHashlock, _channel.Offer(Cover(10, Own.Hashlock(0)), null, Policy).Reason);
        Assert.Equal(RejectionReason.UnknownHashlock, _channel.Offer(Cover(10, Own.Hashlock(0)), Own.R(1), Policy).Reason);
    }

    [Fact]
    public void A_cover_of_what_is_settleable_already_stores_nothing()
    {
        _channel.Offer(Cover(10, Own.Hashlock(0)), Own.R(0), Policy);
        var before = _channel.State;
        Assert.Equal(RejectionReason.AlreadyCovered, _channel.Offer(Cover(10, Own.Hashlock(0)), Own.R(0), Policy).Reason);
        Assert.Equal(RejectionReason.AlreadyCovered, _channel.Offer(Cover(9, Own.Hashlock(0)), Own.R(0), Policy).Reason);
        Assert.Same(before, _channel.State);
    }

    /// <summary>It helps the accountant as much as the consumer, so nothing stops it.</summary>
    [Fact]
    public void A_cover_passes_while_frozen_and_exiting()
    {
        _channel.Freeze(true);
        _channel.Observe(deposited: 100, exiting: true);
        Assert.Equal(RejectionReason.None, _channel.Offer(Cover(10, Own.Hashlock(0)), Own.R(0), Policy).Reason);
    }
}
