using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

/// <summary>What the accountant may pay by itself: totals that it signed and can collect for.</summary>
public sealed class SettleableTests
{
    private static readonly TestChain Chain = TestChain.Of(1);

    private readonly JournaledProviderChannel _channel = new();

    [Fact]
    public void A_total_is_settleable_once_its_R_is_known_and_not_before()
    {
        Hand(window: 0, credit: 10);
        Assert.Equal(Amount.Zero, _channel.State.Settleable);
        _channel.Prepare([Chain.R(0)]);
        Assert.Equal(Units(10), _channel.State.Settleable);
    }

    [Fact]
    public void It_follows_the_windows_by_one()
    {
        Hand(window: 0, credit: 10);
        Hand(window: 1, credit: 5);
        Assert.Equal((Units(15), Units(10)), (_channel.State.Promised, _channel.State.Settleable));
        Hand(window: 2, credit: 1);
        Assert.Equal((Units(16), Units(15)), (_channel.State.Promised, _channel.State.Settleable));
    }

    [Fact]
    public void A_total_that_was_never_signed_is_not_settleable_although_its_R_is_known()
    {
        _channel.Credit(Channel, Chain.Hashlock(0), 0, 10);
        _channel.Prepare([Chain.R(0)]);
        Assert.Equal(Amount.Zero, _channel.State.Settleable);
        _channel.Sign(Chain.Hashlock(0));
        Assert.Equal(Units(10), _channel.State.Settleable);
    }

    [Fact]
    public void A_crash_forgets_nothing_of_it()
    {
        Hand(window: 0, credit: 10);
        _channel.Prepare([Chain.R(0)]);
        _channel.Crash();
        Assert.Equal(Units(10), _channel.State.Settleable);
    }

    private Amount _credited = Amount.Zero;

    private void Hand(int window, uint credit)
    {
        var from = _credited;
        _credited += Units(credit);
        _channel.Prepare([], Chain.Hashlock(window));
        _channel.Credit(Channel, Chain.Hashlock(window), from.Units, _credited.Units);
        Assert.NotNull(_channel.Sign(Chain.Hashlock(window)).Total);
    }
}
