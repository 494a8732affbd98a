using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

/// <summary>A raise is announced, a lower fee counts at once (protocol §4).</summary>
public sealed class FeeTermsTests
{
    private const ulong Begin = 1_000_000;
    private const ulong Counts = Begin + ChannelLimits.FeeRaiseGraceSeconds;

    [Theory]
    [InlineData(0, 100)]
    [InlineData(Begin, 100)]
    [InlineData(Counts - 1, 100)]
    [InlineData(Counts, 250)]
    [InlineData(ulong.MaxValue, 250)]
    public void A_raise_counts_after_its_time_has_surely_come(ulong now, ushort expected) =>
        Assert.Equal(expected, new FeeTerms(100, 250, Begin).At(now));

    [Theory]
    [InlineData(0)]
    [InlineData(Begin)]
    [InlineData(ulong.MaxValue)]
    public void A_lower_fee_counts_as_soon_as_it_is_known(ulong now) => Assert.Equal(50, new FeeTerms(100, 50, Begin).At(now));

    [Fact]
    public void A_fee_without_announcement_stays() => Assert.Equal(100, FeeTerms.Of(100).At(0));

    /// <summary>On chain the fee before is gone with the raise; whoever looks at it every few seconds still knows it.</summary>
    [Theory]
    [InlineData(Begin, 100)]
    [InlineData(Counts - 1, 100)]
    [InlineData(Counts, 250)]
    public void A_raise_that_begins_on_chain_keeps_its_grace(ulong now, ushort expected)
    {
        var announced = new FeeTerms(100, 250, Begin);
        var begun = new FeeTerms(250, 250, Begin);
        var terms = begun.After(announced, now);
        Assert.Equal(expected, terms.At(now));
        Assert.Equal(terms, begun.After(terms, now));
        Assert.Equal(250, terms.At(Counts));
        Assert.Equal(begun, begun.After(terms, Counts));
    }

    [Fact]
    public void A_raise_whose_announcement_was_not_seen_keeps_its_grace() =>
        Assert.Equal(new FeeTerms(100, 250, Begin), new FeeTerms(250, 250, Begin).After(FeeTerms.Of(100), Begin + 1));

    [Fact]
    public void A_raise_announced_in_the_grace_of_another_waits_until_that_one_counts()
    {
        var (first, second) = (new FeeTerms(100, 250, Begin), new FeeTerms(250, 300, Begin + 345_700));
        Assert.Equal(first, second.After(first, Counts - 1));
        Assert.Equal(second, second.After(first, Counts));
        Assert.Equal(second, second.After(FeeTerms.Of(100), Counts - 1));
    }

    [Fact]
    public void A_fee_lowered_in_the_grace_of_a_raise_never_counts_with_the_raise()
    {
        var lowered = new FeeTerms(150, 150, Begin + 60).After(new FeeTerms(100, 250, Begin), Begin + 66);
        Assert.Equal(100, lowered.At(Begin + 66));
        Assert.Equal(150, lowered.At(Counts + 60));
    }

    [Theory]
    [InlineData(100, 100, 0ul)]
    [InlineData(100, 300, Begin)]
    [InlineData(40, 40, Begin)]
    public void What_is_no_raise_is_known_at_once(ushort basisPoints, ushort announced, ulong from)
    {
        var terms = new FeeTerms(basisPoints, announced, from);
        Assert.Equal(terms, terms.After(new FeeTerms(100, 250, Begin), Begin));
    }

    [Fact]
    public void More_than_the_whole_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FeeTerms.Of(10_001));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeeTerms(0, 10_001, Begin));
    }

    /// <summary>The total that was signed before the raise is signed again with its fee.</summary>
    [Fact]
    public void What_was_credited_before_a_raise_keeps_its_fee()
    {
        var (terms, chain, channel) = (new FeeTerms(100, 1_000, Begin), TestChain.Of(1), new JournaledProviderChannel());
        channel.Credit([Credit(chain.Hashlock(0), 0, 1_000)], terms.At(Counts - 1));
        var before = channel.Sign(chain.Hashlock(0)).Total;
        Assert.Equal(Units(990), before?.Promised);

        channel.Credit([Credit(TestChain.Of(2).Hashlock(0), 1_000, 2_000)], terms.At(Counts));
        Assert.Equal(before, channel.Sign(chain.Hashlock(0)).Total);
        channel.Prepare([chain.R(0)]);
        Assert.Equal(Units(990 + 900), channel.Sign(TestChain.Of(2).Hashlock(0)).Total?.Promised);
    }

    [Fact]
    public void Rates_that_no_total_asks_for_any_more_are_forgotten()
    {
        var (chain, channel, fees) = (TestChain.Of(1), new JournaledProviderChannel(), Amount.Zero);
        for (var window = 0; window < TestChain.Windows; window++)
        {
            var (hashlock, basisPoints) = (chain.Hashlock(window), (ushort)(100 * (1 + (window % 5))));
            channel.Prepare([], hashlock);
            channel.Credit([Credit(hashlock, (uint)window * 1_000, ((uint)window + 1) * 1_000)], basisPoints);
            fees += Units(basisPoints / 10u);
            Assert.Equal(Units(((uint)window + 1) * 1_000) - fees, channel.Sign(hashlock).Total?.Promised);
        }
        Assert.InRange(channel.State.Fees.Rates.Length, 1, 3);
        channel.AssertReplays();
    }

    private static ConsumerCredit Credit(Hashlock hashlock, UInt128 from, UInt128 to) =>
        new(Channel, new CreditSegment(hashlock, Units(from), Units(to)));
}
