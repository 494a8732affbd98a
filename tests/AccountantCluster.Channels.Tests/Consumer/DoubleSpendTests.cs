using AccountantCluster.Protocol;
using CsCheck;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>Protocol §4 rule 4: the same money passes once.</summary>
public sealed class DoubleSpendTests
{
    private static readonly Hashlock AliceLock = TestChain.Of(1).Hashlock(0);
    private static readonly Hashlock BobLock = TestChain.Of(2).Hashlock(0);

    /// <summary>All the consumer has, promised to two providers in one promise each: whoever comes first gets it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_two_providers_racing_for_the_same_money_exactly_one_passes(bool bobFirst)
    {
        var toAlice = Promise(100, AliceLock, Alice, total: 100);
        var toBob = Promise(100, BobLock, Bob, total: 100);
        var channel = new JournaledConsumerChannel(deposited: 100);
        var (first, second) = bobFirst ? (toBob, toAlice) : (toAlice, toBob);
        Assert.Equal(RejectionReason.None, channel.Offer(first).Reason);
        Assert.Equal(RejectionReason.Overspend, channel.Offer(second).Reason);
        // Again, with R known, and with the amount that would be due: the money is gone.
        Assert.Equal(RejectionReason.Overspend, channel.Offer(second).Reason);
        Assert.Equal(
            RejectionReason.Overspend,
            channel.Offer(Promise(200, second.Promise.Hashlock, second.Promise.Agreement.Provider, total: 100)).Reason);
    }

    /// <summary>
    /// The other name of the same attack: too low while the deposit would still reach, an overspend as soon as it does not.
    /// </summary>
    [Fact]
    public void A_promise_spent_elsewhere_is_too_low_and_then_an_overspend()
    {
        var channel = new JournaledConsumerChannel(deposited: 150);
        Assert.Equal(RejectionReason.None, channel.Offer(Promise(60, AliceLock, Alice, total: 60)).Reason);
        var second = channel.Offer(Promise(60, BobLock, Bob, total: 60));
        Assert.Equal((RejectionReason.PromiseTooLow, Units(120)), (second.Reason, second.Expected));

        var carolLock = TestChain.Of(3).Hashlock(0);
        Assert.Equal(RejectionReason.None, channel.Offer(Promise(120, carolLock, Carol, total: 60)).Reason);
        Assert.Equal(RejectionReason.Overspend, channel.Offer(Promise(120, BobLock, Bob, total: 60)).Reason);
    }

    [Fact]
    public void Nobody_gets_more_than_was_deposited() =>
        Gen.Select(Gen.UInt[1, 60], Gen.UInt[1, 60]).Array[1, 30].Sample(
            offers =>
            {
                var channel = new JournaledConsumerChannel(deposited: 100);
                foreach (var (index, (amount, total)) in offers.Index())
                    channel.Offer(Promise(amount * 2, TestChain.Of((uint)index).Hashlock(0), AddressOf((uint)index), total));
                Assert.True(channel.State.Promised <= Units(100) && channel.State.Credited <= channel.State.Promised);
            },
            iter: TestEffort.Of(500));

    [Fact]
    public void Another_deposit_makes_room()
    {
        var channel = new JournaledConsumerChannel(deposited: 100);
        channel.Offer(Promise(100, AliceLock, Alice, total: 100));
        Assert.Equal(RejectionReason.Overspend, channel.Offer(Promise(101, AliceLock, Alice, total: 101)).Reason);
        channel.Observe(deposited: 101);
        Assert.Equal(RejectionReason.None, channel.Offer(Promise(101, AliceLock, Alice, total: 101)).Reason);
    }
}
