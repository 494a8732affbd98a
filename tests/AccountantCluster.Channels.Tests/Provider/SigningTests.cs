using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

/// <summary>The signing rule (protocol §4).</summary>
public sealed class SigningTests
{
    private static readonly TestChain Chain = TestChain.Of(1);
    private static readonly TestChain Other = TestChain.Of(2);

    private readonly JournaledProviderChannel _channel = new();

    [Fact]
    public void The_total_under_h_is_what_is_revealed_and_what_h_opens()
    {
        Hand(Chain, window: 0, credit: 10);
        Assert.Equal(Units(10), Sign(Chain.Hashlock(0)));
        Hand(Chain, window: 1, credit: 5);
        Assert.Equal(Units(15), Sign(Chain.Hashlock(1)));
    }

    [Fact]
    public void What_h_opens_counts_before_it_is_taken_as_revealed()
    {
        _channel.Credit(Channel, Chain.Hashlock(0), 0, 10);
        Assert.Equal(Units(10), Sign(Chain.Hashlock(1)));
        Assert.Equal(Amount.Zero, _channel.State.Revealed);
    }

    /// <summary>
    /// If every credit were signed, a provider would get L under one hashlock and ε under another, have both signed under that of ε, and
    /// settle L + ε revealing the R of ε only: the promises for L could never be collected.
    /// </summary>
    [Fact]
    public void L_and_a_little_more_cannot_be_settled_by_the_R_of_the_little_more()
    {
        Hand(Chain, window: 0, credit: 1_000);
        Hand(Other, window: 0, credit: 1);
        Assert.Equal(Units(1), Sign(Other.Hashlock(0)));
        // Now the other way round: L is signed only when the R of ε is known.
        Assert.Equal(RejectionReason.RevealFirst, _channel.Sign(Chain.Hashlock(0)).Reason);
        Assert.Equal(Units(1), _channel.State.Promised);
        _channel.Prepare([Other.R(0)]);
        Assert.Equal(Units(1_001), Sign(Chain.Hashlock(0)));
        // And ε again is no way back to a lower total.
        Assert.Equal(RejectionReason.RevealFirst, _channel.Sign(Other.Hashlock(0)).Reason);
    }

    [Fact]
    public void Reveal_first_loses_nothing()
    {
        Hand(Chain, window: 0, credit: 10);
        Sign(Chain.Hashlock(0));
        Hand(Other, window: 0, credit: 7);
        var before = _channel.State;
        Assert.Equal(RejectionReason.RevealFirst, _channel.Sign(Other.Hashlock(0)).Reason);
        Assert.Same(before, _channel.State);
        _channel.Prepare([Chain.R(0)]);
        Assert.Equal(Units(17), Sign(Other.Hashlock(0)));
    }

    [Fact]
    public void A_lost_answer_is_signed_again_for_the_asking()
    {
        Hand(Chain, window: 0, credit: 10);
        var first = _channel.Sign(Chain.Hashlock(0), Chain.Position(0));
        var again = _channel.Sign(Chain.Hashlock(0), Chain.Position(0));
        Assert.Equal(first.Total, again.Total);
        Assert.Empty(again.Events);
        _channel.Crash();
        Assert.Equal(first.Total, _channel.Sign(Chain.Hashlock(0), Chain.Position(0)).Total);
    }

    /// <summary>
    /// Every answer of a window is lost, the process dies, and a new chain begins: the old window is signed and revealed, then the new one.
    /// </summary>
    [Fact]
    public void A_provider_whose_answers_were_lost_restarts_with_a_new_chain()
    {
        Hand(Chain, window: 0, credit: 10);
        Sign(Chain.Hashlock(0));
        Hand(Chain, window: 1, credit: 10);
        _channel.Sign(Chain.Hashlock(1), Chain.Position(1));

        Assert.Equal(Chain.Position(1), _channel.State.LastSigned!.Position);
        Assert.Equal(Units(20), Sign(Chain.Hashlock(1)));
        Assert.Equal([RejectionReason.None], _channel.Prepare([Chain.R(1)], Chain.Hashlock(1)).Reveals.ToArray());
        Hand(Other, window: 0, credit: 3);
        Assert.Equal(Units(23), Sign(Other.Hashlock(0)));
    }

    [Fact]
    public void A_provider_that_skipped_more_than_16_windows_reveals_and_goes_on()
    {
        Hand(Chain, window: 0, credit: 10);
        Sign(Chain.Hashlock(0));
        Hand(Chain, window: 17, credit: 5);
        Assert.Equal(RejectionReason.RevealFirst, _channel.Sign(Chain.Hashlock(17)).Reason);
        _channel.Prepare([Chain.R(0)]);
        Assert.Equal(Units(15), Sign(Chain.Hashlock(17)));
    }

    [Fact]
    public void A_provider_that_skipped_16_windows_goes_on()
    {
        Hand(Chain, window: 0, credit: 10);
        Sign(Chain.Hashlock(0));
        Hand(Chain, window: 16, credit: 5);
        Assert.Equal(Units(15), Sign(Chain.Hashlock(16)));
    }

    /// <summary>What is signed under a hashlock without credit is revealed already: its R, which may never come, opens nothing.</summary>
    [Fact]
    public void A_hashlock_signed_under_without_credit_holds_nothing_back()
    {
        Hand(Chain, window: 0, credit: 10);
        _channel.Prepare([Chain.R(0)]);
        Assert.Equal(Units(10), Sign(Other.Hashlock(5)));
        Assert.Empty(_channel.State.Open);
        Hand(Chain, window: 1, credit: 1);
        Assert.Equal(Units(11), Sign(Chain.Hashlock(1)));
        Assert.Equal(RejectionReason.RevealFirst, _channel.Sign(Other.Hashlock(5)).Reason);
    }

    /// <summary>Without credit of its own, but its R opens what is credited under others: like any other, it is to be revealed first.</summary>
    [Fact]
    public void A_hashlock_that_opens_what_is_credited_is_to_be_revealed_too()
    {
        _channel.Credit(Channel, Chain.Hashlock(0), 0, 10);
        Assert.Equal(Units(10), Sign(Chain.Hashlock(1)));
        _channel.Credit(Channel, Other.Hashlock(0), 10, 15);
        Assert.Equal(RejectionReason.RevealFirst, _channel.Sign(Other.Hashlock(0)).Reason);
        _channel.Prepare([Chain.R(1)]);
        Assert.Equal(Units(15), Sign(Other.Hashlock(0)));
    }

    [Fact]
    public void Under_a_hashlock_that_is_revealed_the_revealed_total_is_signed()
    {
        Hand(Chain, window: 0, credit: 10);
        _channel.Prepare([Chain.R(0)]);
        Hand(Chain, window: 1, credit: 5);
        Assert.Equal(Units(10), Sign(Chain.Hashlock(0)));
        Assert.Equal(Units(15), Sign(Chain.Hashlock(1)));
        Assert.Equal(RejectionReason.RevealFirst, _channel.Sign(Chain.Hashlock(0)).Reason);
    }

    [Fact]
    public void Nothing_is_signed_for_nothing()
    {
        Assert.Equal(RejectionReason.AmountOutOfRange, _channel.Sign(Chain.Hashlock(0)).Reason);
        _channel.Credit([new ConsumerCredit(Channel, new CreditSegment(Chain.Hashlock(0), Amount.Zero, Units(5)))], Share.Whole);
        Assert.Equal(RejectionReason.AmountOutOfRange, _channel.Sign(Chain.Hashlock(0)).Reason);
    }

    [Fact]
    public void What_is_signed_is_gross_less_the_fee()
    {
        var segment = new CreditSegment(Chain.Hashlock(0), Amount.Zero, Units(1_001));
        _channel.Credit([new ConsumerCredit(Channel, segment)], feeBasisPoints: 250);
        var total = _channel.Sign(Chain.Hashlock(0)).Total!;
        Assert.Equal((Units(1_001), Units(976)), (total.Gross, total.Promised));
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
