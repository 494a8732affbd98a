using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

/// <summary>The accountant takes its own promises back after a restore from an old backup (protocol §4).</summary>
public sealed class EvidenceTests
{
    private static readonly TestChain Chain = TestChain.Of(1);
    private static readonly TestChain Other = TestChain.Of(2);

    private readonly JournaledProviderChannel _channel = new();

    [Fact]
    public void What_was_signed_and_forgotten_is_owed_under_any_hashlock()
    {
        Hand(Chain, window: 0, credit: 10);
        _channel.Sign(Chain.Hashlock(0));
        Assert.Equal(RejectionReason.None, _channel.Import(Units(100), Chain.Hashlock(5), Chain.R(5)));

        Assert.Equal(Units(100), _channel.State.Promised);
        Hand(Other, window: 0, credit: 5);
        Assert.Equal(Units(100), Sign(Other.Hashlock(0)));
        Assert.Equal(Units(100), Sign(Other.Hashlock(1)));
        _channel.Crash();
        Assert.Equal(Units(100), _channel.State.Promised);
    }

    [Fact]
    public void The_books_add_to_it_once_they_have_caught_up()
    {
        _channel.Import(Units(100), Chain.Hashlock(5), Chain.R(5));
        Hand(Chain, window: 5, credit: 90);
        Assert.Equal(Units(100), Sign(Chain.Hashlock(5)));
        Hand(Chain, window: 6, credit: 25);
        Assert.Equal(Units(115), Sign(Chain.Hashlock(6)));
        // From here on the signing rule is the old one.
        Assert.Equal(RejectionReason.RevealFirst, _channel.Sign(Other.Hashlock(0)).Reason);
    }

    /// <summary>What was last signed is less than what is owed anyway: its R need not come before the next total.</summary>
    [Fact]
    public void A_lower_total_whose_R_nobody_knows_any_more_holds_nothing_back()
    {
        Hand(Other, window: 0, credit: 10);
        _channel.Sign(Other.Hashlock(0));
        _channel.Import(Units(100), Chain.Hashlock(5), Chain.R(5));
        Hand(Chain, window: 6, credit: 5);
        Assert.Equal(Units(100), Sign(Chain.Hashlock(6)));
    }

    [Fact]
    public void Its_R_opens_what_waits_below_it()
    {
        Hand(Chain, window: 3, credit: 10);
        _channel.Import(Units(100), Chain.Hashlock(5), Chain.R(5));
        Assert.Equal(Units(10), _channel.State.Revealed);
    }

    [Fact]
    public void Nothing_is_ever_lowered()
    {
        Hand(Chain, window: 0, credit: 10);
        _channel.Sign(Chain.Hashlock(0));
        Assert.Equal(RejectionReason.AlreadyCovered, _channel.Import(Units(10), Chain.Hashlock(0), Chain.R(0)));
        Assert.Equal(Amount.Zero, _channel.State.Proven);
        Assert.Equal(Units(10), _channel.State.Revealed);
        _channel.Import(Units(100), Chain.Hashlock(5), Chain.R(5));
        Assert.Equal(RejectionReason.AlreadyCovered, _channel.Import(Units(99), Chain.Hashlock(4), Chain.R(4)));
        Assert.Equal(Units(100), _channel.State.Promised);
    }

    [Fact]
    public void Without_its_R_a_promise_is_no_evidence()
    {
        Assert.Equal(RejectionReason.UnknownHashlock, _channel.Import(Units(100), Chain.Hashlock(5), Chain.R(4)));
        Assert.Equal(RejectionReason.AmountOutOfRange, _channel.Import(Amount.Zero, Chain.Hashlock(5), Chain.R(5)));
        Assert.Equal(Amount.Zero, _channel.State.Promised);
    }

    private void Hand(TestChain chain, int window, UInt128 credit)
    {
        _channel.Prepare([], chain.Hashlock(window));
        var total = ProviderChannel.CreditedBy(_channel.State, Channel).Units;
        _channel.Credit(Channel, chain.Hashlock(window), total, total + credit);
    }

    private Amount? Sign(Hashlock hashlock)
    {
        var decision = _channel.Sign(hashlock);
        Assert.Equal(RejectionReason.None, decision.Reason);
        return decision.Total!.Promised;
    }
}
