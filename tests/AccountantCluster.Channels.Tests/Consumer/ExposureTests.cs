using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>Protocol §4 rule 6: how much credit may wait for its R.</summary>
public sealed class ExposureTests
{
    private static readonly ChannelPolicy Policy = new(Units(10), WindowLimit: 2, ProviderLimit: 2, MinimumFirstPayment: Units(1));

    private readonly JournaledConsumerChannel _channel = new(deposited: 1_000);

    [Fact]
    public void E_bounds_what_one_provider_has_waiting()
    {
        Assert.Equal(RejectionReason.None, Offer(Alice, chain: 1, window: 0, total: 6));
        Assert.Equal(RejectionReason.RevealFirst, Offer(Alice, chain: 1, window: 0, total: 11));
        Assert.Equal(RejectionReason.None, Offer(Alice, chain: 1, window: 0, total: 10));
        // Another provider has its own E.
        Assert.Equal(RejectionReason.None, Offer(Bob, chain: 2, window: 0, total: 10));
    }

    [Fact]
    public void A_reveal_makes_room()
    {
        Offer(Alice, chain: 1, window: 0, total: 10);
        Assert.Equal(RejectionReason.RevealFirst, Offer(Alice, chain: 7, window: 0, total: 11));
        _channel.Reveal(TestChain.Of(1).R(0));
        Assert.Equal(RejectionReason.None, Offer(Alice, chain: 7, window: 0, total: 20));
    }

    /// <summary>Handing in the next window is a reveal (protocol §5).</summary>
    [Fact]
    public void The_next_window_makes_room_for_itself()
    {
        for (var window = 0; window < 10; window++)
            Assert.Equal(RejectionReason.None, Offer(Alice, chain: 1, window, total: (uint)(10 * (window + 1))));
        Assert.Equal(Units(90), _channel.State.SettleableAmount);
    }

    [Fact]
    public void W_bounds_the_hashlocks_of_one_provider()
    {
        Assert.Equal(RejectionReason.None, Offer(Alice, chain: 1, window: 0, total: 1));
        Assert.Equal(RejectionReason.None, Offer(Alice, chain: 2, window: 0, total: 2));
        Assert.Equal(RejectionReason.RevealFirst, Offer(Alice, chain: 3, window: 0, total: 3));
        Assert.Equal(RejectionReason.None, Offer(Alice, chain: 2, window: 0, total: 3));
    }

    [Fact]
    public void K_bounds_the_providers_of_one_channel()
    {
        Assert.Equal(RejectionReason.None, Offer(Alice, chain: 1, window: 0, total: 1));
        Assert.Equal(RejectionReason.None, Offer(Bob, chain: 2, window: 0, total: 1));
        Assert.Equal(RejectionReason.RevealFirst, Offer(Carol, chain: 3, window: 0, total: 1));
        _channel.Reveal(TestChain.Of(2).R(0));
        Assert.Equal(RejectionReason.None, Offer(Carol, chain: 3, window: 0, total: 1));
    }

    [Fact]
    public void A_payment_above_E_alone_has_a_name_of_its_own()
    {
        Assert.Equal(RejectionReason.DeltaTooLarge, Offer(Alice, chain: 1, window: 0, total: 11));
        // A provider may reveal first, at its own risk.
        Assert.Equal(RejectionReason.None, Offer(Alice, chain: 1, window: 0, total: 11, isKnown: true));
    }

    [Fact]
    public void What_the_settleable_promise_covers_does_not_wait()
    {
        // Paid 1, promised 500, revealed: 499 are covered.
        var revealed = TestChain.Of(9);
        Assert.Equal(
            RejectionReason.None, _channel.Offer(Promise(500, revealed.Hashlock(0), Carol, total: 1), revealed.R(0), Policy).Reason);
        Assert.Equal(
            RejectionReason.None, _channel.Offer(Promise(500, TestChain.Of(1).Hashlock(0), Alice, total: 400), null, Policy).Reason);
        Assert.Empty(_channel.State.Rungs);
    }

    /// <summary>The bound is tight: K providers take E each, and the consumer nothing else.</summary>
    [Fact]
    public void K_times_E_and_no_more_can_be_lost_on_one_channel()
    {
        Address[] providers = [Alice, Bob, Carol];
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var chain = (uint)(1 + (attempt % 5));
            Offer(providers[attempt % 3], chain, window: 0, _channel.State.With(providers[attempt % 3]).Credited.Units + 1);
        }
        Assert.Equal(Units(20), _channel.State.Credited);
        Assert.Equal(Amount.Zero, _channel.State.SettleableAmount);
    }

    private RejectionReason Offer(Address provider, uint chain, int window, UInt128 total, bool isKnown = false)
    {
        var hashlock = TestChain.Of(chain).Hashlock(window);
        var amount = _channel.State.Credited + (Units(total).SaturatingSubtract(_channel.State.With(provider).Credited));
        var knownR = isKnown ? TestChain.Of(chain).R(window) : (Preimage?)null;
        return _channel.Offer(Promise(amount.Units, hashlock, provider, total), knownR, Policy).Reason;
    }
}
