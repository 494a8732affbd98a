using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>
/// The order of the rules fixes which reason is reported (protocol §4). Every row breaks one rule and all that can be broken together with
/// it further down.
/// </summary>
public sealed class RejectionOrderTests
{
    private static readonly Hashlock Lock = TestChain.Of(1).Hashlock(0);
    private static readonly Hashlock OtherLock = TestChain.Of(2).Hashlock(0);
    private static readonly ChannelPolicy Policy = new(Units(10), WindowLimit: 1, ProviderLimit: 1, MinimumFirstPayment: Units(5));
    private static readonly ChannelPolicy NoLimits = Policy with { ExposureLimit = Units(1_000), WindowLimit = 9, ProviderLimit = 9 };

    public static TheoryData<RejectionReason, string> Rows => new()
    {
        { RejectionReason.UnknownChannel, "not registered, and everything else" },
        { RejectionReason.UnknownHashlock, "an R that opens something else" },
        { RejectionReason.AgreementClosed, "below the floor" },
        { RejectionReason.AlreadyCovered, "covered, while frozen and exiting" },
        { RejectionReason.PromiseTooLow, "too low, while frozen and exiting, and too large" },
        { RejectionReason.Overspend, "more than deposited, while frozen and exiting, and too large" },
        { RejectionReason.ChannelFrozen, "frozen and exiting, and too large" },
        { RejectionReason.ChannelExiting, "exiting, and too large" },
        { RejectionReason.DeltaTooLarge, "above E alone, and of one provider too many" },
        { RejectionReason.RevealFirst, "of one provider too many, and below the minimum" },
        { RejectionReason.AmountOutOfRange, "below the minimum" },
        { RejectionReason.None, "nothing" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_first_rule_broken_is_the_reason(RejectionReason expected, string broken)
    {
        var (state, promise, r) = Break(broken);
        Assert.Equal(expected, ConsumerChannel.DecideOffer(state, promise, r, Policy).Reason);
    }

    // Alice has one agreement of 20, promised up to 30 and not revealed; the deposit is 100.
    private static (ConsumerChannelState State, VerifiedPromise Promise, Preimage? R) Break(string broken)
    {
        var channel = new JournaledConsumerChannel(deposited: 100);
        channel.Offer(Promise(30, Lock, Alice, total: 20, agreement: 200), policy: NoLimits);
        return broken switch
        {
            "not registered, and everything else" => (ConsumerChannelState.Empty, Promise(1, Lock, Bob, total: 200), TestChain.Of(9).R(0)),
            "an R that opens something else" => (channel.State, Promise(1, OtherLock, Bob, total: 200), TestChain.Of(9).R(0)),
            "below the floor" => (Exiting(Full(channel)), Promise(1, OtherLock, Alice, total: 200, agreement: 100), null),
            "covered, while frozen and exiting" => (Exiting(channel), Promise(1, Lock, Alice, total: 20, agreement: 200), null),
            "too low, while frozen and exiting, and too large" => (Exiting(channel), Promise(1, OtherLock, Bob, total: 70), null),
            "more than deposited, while frozen and exiting, and too large" =>
                (Exiting(channel), Promise(101, OtherLock, Bob, total: 70), null),
            "frozen and exiting, and too large" => (Exiting(channel), Promise(100, OtherLock, Bob, total: 70), null),
            "exiting, and too large" => (Exiting(channel, frozen: false), Promise(100, OtherLock, Bob, total: 70), null),
            "above E alone, and of one provider too many" => (channel.State, Promise(100, OtherLock, Bob, total: 70), null),
            "of one provider too many, and below the minimum" => (channel.State, Promise(100, OtherLock, Bob, total: 4), null),
            "below the minimum" => (channel.State, Promise(100, OtherLock, Bob, total: 4), TestChain.Of(2).R(0)),
            _ => (channel.State, Promise(100, OtherLock, Bob, total: 5), TestChain.Of(2).R(0)),
        };
    }

    private static ConsumerChannelState Exiting(JournaledConsumerChannel channel, bool frozen = true)
    {
        channel.Freeze(frozen);
        channel.Observe(deposited: 100, exiting: true);
        return channel.State;
    }

    private static JournaledConsumerChannel Full(JournaledConsumerChannel channel)
    {
        var policy = NoLimits with { MinimumFirstPayment = Units(1) };
        for (ulong agreement = 101; agreement < 101 + ProtocolLimits.AgreementsKept; agreement++)
            Assert.Equal(RejectionReason.None, channel.Offer(Promise(100, Lock, Alice, total: 1, agreement), policy: policy).Reason);
        return channel;
    }
}
