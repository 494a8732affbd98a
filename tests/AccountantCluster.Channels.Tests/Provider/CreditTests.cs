using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using CsCheck;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

/// <summary>Credits delivered twice, late or out of order count once (protocol §4).</summary>
public sealed class CreditTests
{
    private static readonly TestChain Chain = TestChain.Of(1);

    private readonly JournaledProviderChannel _channel = new();

    [Fact]
    public void A_credit_that_comes_twice_counts_once()
    {
        _channel.Credit(Channel, Chain.Hashlock(0), 0, 10);
        var before = _channel.State;
        _channel.Credit(Channel, Chain.Hashlock(0), 0, 10);
        Assert.Same(before, _channel.State);
        _channel.Credit([Credit(0, 10), Credit(0, 10), Credit(0, 12), Credit(5, 11)]);
        Assert.Equal(Units(12), _channel.State.Gross);
    }

    [Fact]
    public void A_stretch_that_begins_above_the_total_waits_for_the_one_before()
    {
        _channel.Credit(Channel, Chain.Hashlock(1), 10, 20);
        Assert.Equal(Amount.Zero, ProviderChannel.CreditedBy(_channel.State, Channel));
        _channel.Credit([Credit(0, 10), Credit(10, 20)]);
        Assert.Equal(Units(20), ProviderChannel.CreditedBy(_channel.State, Channel));
    }

    [Fact]
    public void A_stretch_that_was_counted_in_part_counts_from_there()
    {
        _channel.Credit(Channel, Chain.Hashlock(0), 0, 10);
        _channel.Credit(Channel, Chain.Hashlock(0), 0, 15);
        Assert.Equal(Units(15), _channel.State.Open[Chain.Hashlock(0)].Credit);
    }

    [Fact]
    public void Consumer_channels_are_counted_apart()
    {
        _channel.Credit(AddressOf(1), Chain.Hashlock(0), 0, 10);
        _channel.Credit(AddressOf(2), Chain.Hashlock(0), 0, 10);
        Assert.Equal(Units(20), _channel.State.Open[Chain.Hashlock(0)].Credit);
    }

    [Fact]
    public void Whatever_the_order_and_the_repetitions_the_sum_is_the_same() =>
        Gen.Select(Gen.UInt[1, 20].Array[1, 12], Gen.Int[0, 11].Array[0, 60]).Sample(
            (steps, order) =>
            {
                var segments = new List<ConsumerCredit>();
                var total = UInt128.Zero;
                foreach (var (window, step) in steps.Index())
                {
                    segments.Add(new ConsumerCredit(Channel, new CreditSegment(Chain.Hashlock(window), Units(total), Units(total + step))));
                    total += step;
                }
                var channel = new JournaledProviderChannel();
                foreach (var index in order) channel.Credit([segments[index % segments.Count]]);
                channel.Credit(segments);
                Assert.Equal(Units(total), channel.State.Gross);
                channel.AssertReplays();
            },
            iter: TestEffort.Of(300));

    [Fact]
    public void Credit_under_a_hashlock_whose_R_is_known_is_revealed_and_its_consumer_channel_is_told()
    {
        _channel.Credit(AddressOf(1), Chain.Hashlock(0), 0, 10);
        _channel.Prepare([Chain.R(0)]);
        _channel.Credit(AddressOf(2), Chain.Hashlock(0), 0, 5);
        Assert.Equal(Units(15), _channel.State.Revealed);
        Assert.Equal([AddressOf(1), AddressOf(2)], _channel.State.PendingReveals[Chain.Hashlock(0)].Channels.Order());
    }

    /// <summary>A crash held the credits up; they come without a batch that would have been prepared.</summary>
    [Fact]
    public void Credits_that_come_by_themselves_open_older_windows_too()
    {
        _channel.Credit([Credit(0, 10, window: 3), Credit(10, 15, window: 4)]);
        Assert.Equal(Units(10), _channel.State.Revealed);
        Assert.Equal([Chain.Hashlock(4)], _channel.State.Open.Keys);
        Assert.Equal([Channel], _channel.State.PendingReveals[Chain.Hashlock(3)].Channels);
    }

    [Fact]
    public void More_than_an_amount_can_hold_is_left_out()
    {
        _channel.Credit(AddressOf(1), Chain.Hashlock(0), 0, UInt128.MaxValue - 5);
        _channel.Credit(AddressOf(2), Chain.Hashlock(0), 0, 6);
        Assert.Equal(Amount.Zero, ProviderChannel.CreditedBy(_channel.State, AddressOf(2)));
        _channel.Credit(AddressOf(2), Chain.Hashlock(0), 0, 5);
        Assert.Equal(Amount.MaxValue, _channel.State.Gross);
    }

    [Fact]
    public void A_fee_counts_for_what_is_credited_after_it()
    {
        _channel.Credit([Credit(0, 1_000)], feeBasisPoints: 100);
        _channel.Credit([Credit(1_000, 2_000)], feeBasisPoints: 1_000);
        _channel.Credit([Credit(2_000, 3_000)], feeBasisPoints: 0);
        Assert.Equal(Units(110), _channel.State.Fees.FeeOn(_channel.State.Gross));
        Assert.Throws<ArgumentOutOfRangeException>(() => _channel.Credit([Credit(3_000, 4_000)], feeBasisPoints: 10_001));
    }

    private static ConsumerCredit Credit(UInt128 from, UInt128 to, int window = 0) =>
        new(Channel, new CreditSegment(Chain.Hashlock(window), Units(from), Units(to)));
}
