using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

public sealed class OpenHashlockLimitTests
{
    private readonly JournaledProviderChannel _channel = new();

    public OpenHashlockLimitTests()
    {
        for (uint i = 1; i < ChannelLimits.OpenHashlocks; i++) _channel.Credit(AddressOf(i), TestChain.Of(i).Hashlock(0), 0, 1);
    }

    [Fact]
    public void A_provider_that_never_reveals_gets_no_new_hashlocks_and_keeps_its_old_ones()
    {
        var (last, tooMany) = (TestChain.Of(901).Hashlock(0), TestChain.Of(902).Hashlock(0));
        // One fits, however often it is named; the next does not.
        Assert.Equal([false, true], _channel.Prepare([], last, last, tooMany).Hashlocks.Select(standing => standing.IsRefused));
        _channel.Credit(Channel, last, 0, 1);
        Assert.Equal([false, true], _channel.Prepare([], last, tooMany).Hashlocks.Select(standing => standing.IsRefused));
    }

    [Fact]
    public void A_reveal_in_the_same_batch_makes_room()
    {
        _channel.Credit(Channel, TestChain.Of(901).Hashlock(0), 0, 1);
        Assert.True(Assert.Single(_channel.Prepare([], TestChain.Of(902).Hashlock(0)).Hashlocks).IsRefused);
        Assert.False(Assert.Single(_channel.Prepare([TestChain.Of(1).R(0)], TestChain.Of(902).Hashlock(0)).Hashlocks).IsRefused);
    }

    [Fact]
    public void A_hashlock_whose_R_is_known_takes_no_room()
    {
        _channel.Credit(Channel, TestChain.Of(901).Hashlock(0), 0, 1);
        var standing = Assert.Single(_channel.Prepare([TestChain.Of(902).R(0)], TestChain.Of(902).Hashlock(0)).Hashlocks);
        Assert.Equal((TestChain.Of(902).R(0), false), (standing.KnownR!.Value, standing.IsRefused));
    }

    /// <summary>Money that a consumer channel credited is counted, whatever the limit says.</summary>
    [Fact]
    public void Credits_count_beyond_the_limit()
    {
        for (uint i = 901; i < 910; i++) _channel.Credit(AddressOf(i), TestChain.Of(i).Hashlock(0), 0, 1);
        Assert.Equal(Units(ChannelLimits.OpenHashlocks - 1 + 9), _channel.State.Gross);
    }
}
