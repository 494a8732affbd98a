using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

/// <summary>An R goes to every consumer channel that holds a rung under its hashlock, until it is acknowledged.</summary>
public sealed class PendingRevealTests
{
    private static readonly TestChain Chain = TestChain.Of(1);

    private readonly JournaledProviderChannel _provider = new();

    [Fact]
    public void Each_channel_acknowledges_for_itself()
    {
        _provider.Credit(AddressOf(1), Chain.Hashlock(0), 0, 10);
        _provider.Credit(AddressOf(2), Chain.Hashlock(0), 0, 20);
        _provider.Prepare([Chain.R(0)]);
        _provider.AcknowledgeReveal(AddressOf(1), Chain.Hashlock(0), Units(10));
        Assert.Equal([AddressOf(2)], _provider.State.PendingReveals[Chain.Hashlock(0)].Channels);
        _provider.AcknowledgeReveal(AddressOf(1), Chain.Hashlock(0), Units(10));
        _provider.AcknowledgeReveal(AddressOf(2), Chain.Hashlock(1), Units(20));
        _provider.AcknowledgeReveal(AddressOf(2), Chain.Hashlock(0), Units(20));
        Assert.Empty(_provider.State.PendingReveals);
    }

    [Fact]
    public void A_crash_sends_it_again()
    {
        _provider.Credit(Channel, Chain.Hashlock(0), 0, 10);
        _provider.Prepare([Chain.R(0)]);
        _provider.AcknowledgeReveal(Channel, Chain.Hashlock(0), Units(10));
        _provider.Crash();
        Assert.Equal([Channel], _provider.State.PendingReveals[Chain.Hashlock(0)].Channels);
    }

    /// <summary>
    /// A promise prepared before R was known reaches the consumer channel after R did, and stands there unrevealed. If the
    /// acknowledgement of that R, which was still on its way, ended its sending, the accountant would owe the credit as revealed and could
    /// never collect it.
    /// </summary>
    [Fact]
    public void An_acknowledgement_from_before_a_credit_does_not_end_the_sending()
    {
        var consumer = new JournaledConsumerChannel(deposited: 100);
        consumer.Offer(Promise(10, Chain.Hashlock(0), Alice, total: 10));
        _provider.Credit(Channel, Chain.Hashlock(0), 0, 10);

        // One batch is prepared: nothing is known of its hashlock. Another reveals it, and the consumer channel hears of that.
        Assert.Null(Assert.Single(_provider.Prepare([], Chain.Hashlock(0)).Hashlocks).KnownR);
        _provider.Prepare([Chain.R(0)]);
        consumer.Reveal(Chain.R(0));
        var creditedThen = consumer.State.With(Alice).Credited;

        // The first batch goes on.
        consumer.Offer(Promise(30, Chain.Hashlock(0), Alice, total: 30), knownR: null);
        _provider.Credit(Channel, Chain.Hashlock(0), 10, 30);
        Assert.Equal((Units(30), Units(10)), (_provider.State.Revealed, consumer.State.SettleableAmount));

        _provider.AcknowledgeReveal(Channel, Chain.Hashlock(0), creditedThen);
        Assert.Equal([Channel], _provider.State.PendingReveals[Chain.Hashlock(0)].Channels);
        consumer.Reveal(_provider.State.PendingReveals[Chain.Hashlock(0)].R);
        Assert.Equal(Units(30), consumer.State.SettleableAmount);
        _provider.AcknowledgeReveal(Channel, Chain.Hashlock(0), consumer.State.With(Alice).Credited);
        Assert.Empty(_provider.State.PendingReveals);
    }
}
