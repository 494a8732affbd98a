using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

public sealed class RememberedPreimageTests
{
    private readonly JournaledProviderChannel _channel = new();

    [Fact]
    public void Of_a_chain_revealed_window_by_window_the_newest_R_is_kept()
    {
        var chain = TestChain.Of(1);
        for (var window = 0; window < 40; window++)
        {
            _channel.Prepare([], chain.Hashlock(window));
            _channel.Credit(Channel, chain.Hashlock(window), (uint)window, (uint)window + 1);
        }
        Assert.Equal([chain.R(38)], _channel.State.KnownPreimages);
        Assert.Equal(chain.Hashlock(39), Assert.Single(_channel.State.Open).Key);
    }

    /// <summary>Hashlocks drawn at random are the paper's way. A forgotten R is asked for again, and nothing is lost.</summary>
    [Fact]
    public void Of_too_many_the_oldest_is_forgotten_and_may_come_again()
    {
        for (uint i = 0; i <= ChannelLimits.PreimagesKept; i++)
        {
            _channel.Credit(AddressOf(i), TestChain.Of(i).Hashlock(0), 0, 1);
            _channel.Prepare([TestChain.Of(i).R(0)]);
        }
        Assert.Equal(ChannelLimits.PreimagesKept, _channel.State.KnownPreimages.Count);
        Assert.Equal(_channel.State.Gross, _channel.State.Revealed);

        _channel.Credit(AddressOf(0), TestChain.Of(0).Hashlock(0), 1, 6);
        Assert.Equal(Units(5), _channel.State.Open[TestChain.Of(0).Hashlock(0)].Credit);
        Assert.Equal([RejectionReason.None], _channel.Prepare([TestChain.Of(0).R(0)]).Reveals.ToArray());
        Assert.Equal(_channel.State.Gross, _channel.State.Revealed);
    }
}
