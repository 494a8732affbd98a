using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>CHANNEL_EXITING from the first sight of the request until its end is confirmed (protocol §4 rule 5).</summary>
public sealed class ExitRequestTests
{
    private static readonly TestChain Chain = TestChain.Of(1);

    private static readonly ConsumerChannelFacts Confirmed = new(Block: 10, Registered: true, Units(100), Amount.Zero, Exiting: false);

    private readonly JournaledConsumerChannel _channel = new(0);

    public ExitRequestTests() => _channel.Observe(Confirmed);

    [Fact]
    public void From_the_first_sight_on_nothing_new_is_accepted()
    {
        Assert.Equal(RejectionReason.None, Pay(10));
        _channel.SeeExit(block: 12);
        Assert.Equal(RejectionReason.ChannelExiting, Pay(11));
        _channel.Crash();
        Assert.Equal(RejectionReason.ChannelExiting, Pay(11));
    }

    [Fact]
    public void Repetitions_covers_and_reveals_go_on()
    {
        Pay(10);
        _channel.SeeExit(block: 12);
        Assert.Equal(RejectionReason.AlreadyCovered, Pay(10));
        Assert.Equal(RejectionReason.None, _channel.Offer(Cover(10, TestChain.Of(2).Hashlock(0)), TestChain.Of(2).R(0)).Reason);
        _channel.Reveal(Chain.R(0));
        Assert.Equal(Units(10), _channel.State.SettleableAmount);
    }

    /// <summary>A confirmed block from before the request knows nothing of it.</summary>
    [Fact]
    public void A_confirmed_block_below_the_sight_ends_nothing()
    {
        _channel.SeeExit(block: 12);
        _channel.Observe(Confirmed with { Block = 11, Deposited = Units(200) });
        Assert.Equal(RejectionReason.ChannelExiting, Pay(1));
    }

    [Fact]
    public void Until_a_confirmed_block_says_that_it_was_paid_or_has_lapsed()
    {
        _channel.SeeExit(block: 12);
        _channel.Observe(Confirmed with { Block = 12, Exiting = true });
        _channel.Observe(Confirmed with { Block = 500, Exiting = true });
        Assert.Equal(RejectionReason.ChannelExiting, Pay(1));
        _channel.Observe(Confirmed with { Block = 900, Deposited = Units(3) });
        Assert.Equal(RejectionReason.Overspend, Pay(4));
        Assert.Equal(RejectionReason.None, Pay(3));
    }

    /// <summary>It never came into the chain that counts. Nothing else has changed, but that a block of its height is confirmed.</summary>
    [Fact]
    public void A_request_that_a_reorganisation_took_back_ends_with_its_height()
    {
        _channel.SeeExit(block: 12);
        _channel.Observe(Confirmed with { Block = 12 });
        Assert.Equal(RejectionReason.None, Pay(1));
    }

    [Fact]
    public void A_request_that_a_reorganisation_moved_up_is_seen_again()
    {
        _channel.SeeExit(block: 12);
        _channel.SeeExit(block: 14);
        _channel.Observe(Confirmed with { Block = 13 });
        Assert.Equal(RejectionReason.ChannelExiting, Pay(1));
        _channel.Observe(Confirmed with { Block = 14, Exiting = true });
        Assert.Equal(RejectionReason.ChannelExiting, Pay(1));
    }

    [Fact]
    public void What_is_seen_late_says_nothing()
    {
        Assert.Empty(ConsumerExit.DecideSight(_channel.State, block: 10));
        _channel.SeeExit(block: 12);
        Assert.Empty(ConsumerExit.DecideSight(_channel.State, block: 12));
        Assert.Empty(ConsumerExit.DecideSight(_channel.State, block: 11));
    }

    private RejectionReason Pay(uint total) => _channel.Offer(Promise(total, Chain.Hashlock(0), Alice, total)).Reason;
}
