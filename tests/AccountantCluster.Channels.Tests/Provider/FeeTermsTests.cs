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
