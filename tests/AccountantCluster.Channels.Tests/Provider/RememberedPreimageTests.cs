using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

public sealed class RememberedPreimageTests
{
    private readonly JournaledProviderChannel _channel = new();

    /// <summary>
    /// A copy of a batch may be held up for long. Its hashlock must not pass for one that is to be revealed: the provider would wait for its money.
    /// </summary>
    [Fact]
    public void Of_a_chain_revealed_window_by_window_every_R_stays_known()
    {
        var chain = TestChain.Of(1);
        for (var window = 0; window < TestChain.Windows; window++)
        {
            _channel.Prepare([], chain.Hashlock(window));
            _channel.Credit(Channel, chain.Hashlock(window), (uint)window, (uint)window + 1);
        }
        Assert.Equal([chain.R(0), chain.R(15), chain.R(30), chain.R(45), chain.R(60), chain.R(62)], _channel.State.KnownPreimages);
        for (var window = 0; window < TestChain.Windows - 1; window++)
            Assert.Equal(chain.R(window), Assert.Single(_channel.Prepare([], chain.Hashlock(window)).Hashlocks).KnownR);
        Assert.Equal(chain.Hashlock(TestChain.Windows - 1), Assert.Single(_channel.State.Open).Key);
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
