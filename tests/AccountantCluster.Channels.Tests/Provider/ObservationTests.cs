using AccountantCluster.Channels.Provider;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

public sealed class ObservationTests
{
    private static readonly ProviderChannelFacts Facts = new(Block: 10, Balance: Units(100), Loan: Units(100), Settled: Units(20));

    private static readonly ProviderChannelState Known = ProviderChannelState.Empty with { Facts = Facts };

    [Fact]
    public void A_newer_block_with_news_is_an_event()
    {
        var @event = Assert.Single(ProviderChannel.DecideObservation(Known, Facts with { Block = 11, Settled = Units(30) }));
        Assert.Equal(Units(30), ProviderChannel.Apply(Known, @event).Facts.Settled);
    }

    [Fact]
    public void A_newer_block_without_news_is_none() => Assert.Empty(ProviderChannel.DecideObservation(Known, Facts with { Block = 11 }));

    [Fact]
    public void An_older_block_is_none() =>
        Assert.Empty(ProviderChannel.DecideObservation(Known, Facts with { Block = 9, Balance = Units(500) }));
}
