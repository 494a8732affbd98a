using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>Credits wait at the consumer channel until the provider channel says that it holds them durably.</summary>
public sealed class UnacknowledgedCreditTests
{
    private static readonly TestChain Chain = TestChain.Of(1);

    private readonly JournaledConsumerChannel _channel = new(deposited: 10_000);

    [Fact]
    public void Credits_under_one_hashlock_merge_and_others_follow_without_gaps()
    {
        Pay(window: 0, total: 5);
        Pay(window: 0, total: 7);
        Pay(window: 1, total: 10);
        Assert.Equal([Segment(0, 0, 7), Segment(1, 7, 10)], _channel.State.With(Alice).Unacknowledged);
    }

    [Fact]
    public void An_acknowledgement_takes_away_what_it_covers_and_cuts_what_it_covers_in_part()
    {
        Pay(window: 0, total: 5);
        Pay(window: 1, total: 10);
        _channel.Acknowledge(Alice, Units(5));
        Assert.Equal([Segment(1, 5, 10)], _channel.State.With(Alice).Unacknowledged);
        _channel.Acknowledge(Alice, Units(8));
        Assert.Equal([Segment(1, 8, 10)], _channel.State.With(Alice).Unacknowledged);
        // Late and repeated ones say nothing new.
        _channel.Acknowledge(Alice, Units(5));
        Assert.Equal([Segment(1, 8, 10)], _channel.State.With(Alice).Unacknowledged);
        _channel.Acknowledge(Alice, Units(10));
        Assert.Empty(_channel.State.With(Alice).Unacknowledged);
        Pay(window: 1, total: 11);
        Assert.Equal([Segment(1, 10, 11)], _channel.State.With(Alice).Unacknowledged);
    }

    [Fact]
    public void An_acknowledgement_of_a_stranger_is_ignored()
    {
        Pay(window: 0, total: 5);
        var before = _channel.State;
        _channel.Acknowledge(Bob, Units(5));
        Assert.Same(before, _channel.State);
    }

    [Fact]
    public void After_a_crash_everything_since_the_snapshot_goes_out_again()
    {
        Pay(window: 0, total: 5);
        _channel.Acknowledge(Alice, Units(5));
        _channel.TakeSnapshot();
        Pay(window: 1, total: 9);
        _channel.Acknowledge(Alice, Units(9));
        _channel.Crash();
        Assert.Equal([Segment(1, 5, 9)], _channel.State.With(Alice).Unacknowledged);
    }

    [Fact]
    public void Too_many_that_nobody_acknowledges_are_an_overload_until_somebody_does()
    {
        for (var window = 0; window < ChannelLimits.UnacknowledgedCredits; window++) Pay(window, total: (uint)window + 1);
        var next = Promise(100, Chain.Hashlock(ChannelLimits.UnacknowledgedCredits), Alice, total: 100);
        Assert.Equal(RejectionReason.Overloaded, _channel.Offer(next).Reason);
        Pay(window: ChannelLimits.UnacknowledgedCredits - 1, total: 50);
        _channel.Acknowledge(Alice, Units(1));
        Assert.Equal(RejectionReason.None, _channel.Offer(next).Reason);
    }

    private static CreditSegment Segment(int window, UInt128 from, UInt128 to) => new(Chain.Hashlock(window), Units(from), Units(to));

    private void Pay(int window, UInt128 total) =>
        Assert.Equal(RejectionReason.None, _channel.Offer(Promise(total, Chain.Hashlock(window), Alice, total)).Reason);
}
