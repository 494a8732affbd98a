using AccountantCluster.Channels.Consumer;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

public sealed class ObservationTests
{
    private static readonly ConsumerChannelFacts Facts = new(Block: 10, Registered: true, Units(100), Units(20), Exiting: false);

    private static readonly ConsumerChannelState Known = ConsumerChannelState.Empty with { Facts = Facts };

    [Fact]
    public void A_newer_block_with_news_is_an_event()
    {
        var @event = Assert.Single(ConsumerChannel.DecideObservation(Known, Facts with { Block = 11, Deposited = Units(90) }));
        Assert.Equal(Units(90), ConsumerChannel.Apply(Known, @event).Facts.Deposited);
    }

    [Fact]
    public void A_newer_block_without_news_is_none() => Assert.Empty(ConsumerChannel.DecideObservation(Known, Facts with { Block = 11 }));

    [Fact]
    public void An_older_block_is_none() =>
        Assert.Empty(ConsumerChannel.DecideObservation(Known, Facts with { Block = 9, Deposited = Units(500) }));

    [Fact]
    public void The_same_block_may_tell_more() =>
        Assert.Single(ConsumerChannel.DecideObservation(Known, Facts with { Exiting = true }));

    [Fact]
    public void A_freeze_is_an_event_even_if_it_changes_nothing()
    {
        foreach (var frozen in (bool[])[true, false])
        {
            var changed = Assert.IsType<ConsumerChannelEvent.FreezeChanged>(Assert.Single(ConsumerChannel.DecideFreeze(frozen)));
            Assert.Equal(frozen, ConsumerChannel.Apply(Known, changed).Frozen);
        }
    }
}
