using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

/// <summary>What a batch discloses, and what it opens (protocol §5).</summary>
public sealed class PrepareTests
{
    private static readonly TestChain Chain = TestChain.Of(1);

    private readonly JournaledProviderChannel _channel = new();

    [Fact]
    public void The_next_hashlock_is_the_R_of_the_window_before()
    {
        _channel.Credit(Channel, Chain.Hashlock(0), 0, 10);
        var prepared = _channel.Prepare([], Chain.Hashlock(1));
        Assert.Equal(Units(10), _channel.State.Revealed);
        var standing = Assert.Single(prepared.Hashlocks);
        Assert.Equal((Chain.Hashlock(1), null, false), (standing.Hashlock, standing.KnownR, standing.IsRefused));
        var pending = Assert.Single(_channel.State.PendingReveals);
        Assert.Equal((Chain.Hashlock(0), Chain.R(0)), (pending.Key, pending.Value.R));
        Assert.Equal([Channel], pending.Value.Channels);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void A_hashlock_is_hashed_down_16_steps(int distance, bool isOpened)
    {
        _channel.Credit(Channel, Chain.Hashlock(0), 0, 10);
        _channel.Prepare([], Chain.Hashlock(distance));
        Assert.Equal(isOpened ? Units(10) : Amount.Zero, _channel.State.Revealed);
    }

    /// <summary>More than 16 windows without a word: nothing is lost, the R of the old one is asked for.</summary>
    [Fact]
    public void After_a_longer_gap_the_R_itself_opens()
    {
        _channel.Credit(Channel, Chain.Hashlock(0), 0, 10);
        _channel.Prepare([], Chain.Hashlock(30));
        Assert.Equal([RejectionReason.None], _channel.Prepare([Chain.R(0)]).Reveals.ToArray());
        Assert.Equal(Units(10), _channel.State.Revealed);
    }

    [Fact]
    public void What_is_found_renews_the_16_steps()
    {
        _channel.Credit(Channel, Chain.Hashlock(0), 0, 10);
        _channel.Credit(Channel, Chain.Hashlock(12), 10, 20);
        Assert.Equal(Units(10), _channel.State.Revealed);
        _channel.Credit(AddressOf(1), Chain.Hashlock(40), 0, 5);
        _channel.Prepare([], Chain.Hashlock(24));
        Assert.Equal(Units(20), _channel.State.Revealed);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void A_known_R_and_an_open_hashlock_lead_down_to_older_ones(int distance, bool isKnown)
    {
        _channel.Credit(Channel, Chain.Hashlock(20), 0, 10);
        var standing = Assert.Single(_channel.Prepare([], Chain.Hashlock(20 - distance)).Hashlocks);
        Assert.Equal(isKnown ? Chain.R(20 - distance) : null, standing.KnownR);
        // And the R of that window reaches one further, being one step higher.
        _channel.Prepare([Chain.R(20)]);
        standing = Assert.Single(_channel.Prepare([], Chain.Hashlock(21 - distance)).Hashlocks);
        Assert.Equal(isKnown ? Chain.R(21 - distance) : null, standing.KnownR);
    }

    [Fact]
    public void An_R_that_opens_nothing_is_refused_and_one_that_is_known_is_not()
    {
        _channel.Credit(Channel, Chain.Hashlock(3), 0, 10);
        Assert.Equal(
            [RejectionReason.UnknownHashlock, RejectionReason.None, RejectionReason.None],
            _channel.Prepare([TestChain.Of(2).R(0), Chain.R(3), Chain.R(3)]).Reveals.ToArray());
        Assert.Equal([RejectionReason.None, RejectionReason.None], _channel.Prepare([Chain.R(3), Chain.R(2)]).Reveals.ToArray());
        Assert.Equal(Units(10), _channel.State.Revealed);
    }

    /// <summary>A cover comes with its R, and a provider may reveal first: nobody has seen that hashlock before.</summary>
    [Fact]
    public void A_batch_opens_its_own_hashlocks_by_its_own_reveals()
    {
        var (own, cover) = (Chain, TestChain.Of(2));
        var prepared = _channel.Prepare([own.R(0), cover.R(0)], own.Hashlock(0), cover.Hashlock(0));
        Assert.Equal([RejectionReason.None, RejectionReason.None], prepared.Reveals.ToArray());
        Assert.Equal([own.R(0), cover.R(0)], prepared.Hashlocks.Select(standing => standing.KnownR!.Value));
        // It is remembered: the credit that follows counts as revealed, also after a crash.
        _channel.Crash();
        _channel.Credit(Channel, own.Hashlock(0), 0, 10);
        Assert.Equal(Units(10), _channel.State.Revealed);
        Assert.Empty(_channel.State.Open);
    }

    [Fact]
    public void A_batch_opens_its_own_hashlocks_by_its_newer_ones()
    {
        var prepared = _channel.Prepare([], Chain.Hashlock(0), Chain.Hashlock(1));
        Assert.Equal([Chain.R(0), null], prepared.Hashlocks.Select(standing => standing.KnownR));
        _channel.Credit([Credit(0, 0, 10), Credit(1, 10, 15)]);
        Assert.Equal((Units(10), Units(15)), (_channel.State.Revealed, _channel.State.Gross));
    }

    [Fact]
    public void Saying_it_again_is_no_event()
    {
        _channel.Prepare([Chain.R(0)], Chain.Hashlock(0));
        _channel.Credit(Channel, Chain.Hashlock(1), 0, 10);
        Assert.Empty(_channel.Prepare([Chain.R(0)], Chain.Hashlock(0), Chain.Hashlock(1)).Events);
    }

    [Fact]
    public void Each_hashlock_has_one_standing_however_often_it_comes() =>
        Assert.Single(_channel.Prepare([], Chain.Hashlock(0), Chain.Hashlock(0)).Hashlocks);

    private static Channels.Provider.ConsumerCredit Credit(int window, UInt128 from, UInt128 to) =>
        new(Channel, new CreditSegment(Chain.Hashlock(window), Units(from), Units(to)));
}
