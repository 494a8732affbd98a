using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>Amounts up to 2^128−1 are judged, not overflowed.</summary>
public sealed class LargestAmountTests
{
    private static readonly UInt128 Max = UInt128.MaxValue;

    private readonly JournaledConsumerChannel _channel = new(deposited: Max);
    private readonly ChannelPolicy _policy = Generous with { ExposureLimit = Amount.MaxValue };

    [Fact]
    public void All_there_is_can_be_promised_and_not_one_unit_more()
    {
        var (aliceLock, bobLock) = (TestChain.Of(1).Hashlock(0), TestChain.Of(2).Hashlock(0));
        Assert.Equal(RejectionReason.None, _channel.Offer(Promise(Max, aliceLock, Alice, total: Max), policy: _policy).Reason);
        Assert.Equal(RejectionReason.Overspend, _channel.Offer(Promise(Max, bobLock, Bob, total: 1), policy: _policy).Reason);
        Assert.Equal(
            RejectionReason.Overspend, _channel.Offer(Promise(Max, bobLock, Bob, total: Max), TestChain.Of(2).R(0), _policy).Reason);
        Assert.Equal(RejectionReason.AlreadyCovered, _channel.Offer(Promise(1, bobLock, Alice, total: Max), policy: _policy).Reason);
        _channel.Reveal(TestChain.Of(1).R(0));
        Assert.Equal(Amount.MaxValue, _channel.State.SettleableAmount);
    }

    [Fact]
    public void Agreements_that_add_up_to_more_are_an_overspend()
    {
        var hashlock = TestChain.Of(1).Hashlock(0);
        _channel.Offer(Promise(Max, hashlock, Alice, total: Max - 5, agreement: 1), policy: _policy);
        Assert.Equal(
            RejectionReason.Overspend, _channel.Offer(Promise(Max, hashlock, Alice, total: 6, agreement: 2), policy: _policy).Reason);
        Assert.Equal(RejectionReason.None, _channel.Offer(Promise(Max, hashlock, Alice, total: 5, agreement: 2), policy: _policy).Reason);
    }
}
