using AccountantCluster.Channels.Provider;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Client.Tests.Providers;

public sealed class FeeBooksTests
{
    [Fact]
    public void A_provider_and_its_accountant_reckon_the_same_fee() =>
        Gen.Select(Gen.ULong, Gen.UInt[0, 10_000]).Sample((gross, basisPoints) =>
        {
            var accountant = FeeSchedule.Free.ChangeTo((ushort)basisPoints, Amount.Zero);
            var provider = FeeBooks.Unknown.Confirm(basisPoints, Amount.Zero);
            Assert.Equal(new Amount(gross) - accountant.FeeOn(new Amount(gross)), provider.Net(new Amount(gross)));
        }, iter: TestEffort.Of(1_000));

    [Fact]
    public void A_provider_never_expects_more_than_an_accountant_that_changed_its_fee_later() =>
        Gen.Select(Gen.UInt[0, 1_000], Gen.UInt[0, 1_000], Gen.UInt[0, 1_000], Gen.UShort[0, 5_000], Gen.UShort[0, 5_000]).Sample(
            (seen, late, rest, before, raise) =>
            {
                var (provider, accountant) = (new Amount(seen), new Amount(seen + late));
                var gross = accountant + new Amount(rest);
                var schedule = FeeSchedule.Free.ChangeTo(before, Amount.Zero).ChangeTo((ushort)(before + raise), accountant);
                var books = FeeBooks.Unknown.Confirm(before, provider).Confirm((uint)before + raise, gross);
                Assert.True(books.Net(gross) <= gross - schedule.FeeOn(gross));
            },
            iter: TestEffort.Of(10_000));

    [Fact]
    public void The_largest_total_has_a_fee() =>
        Assert.Equal(Amount.Zero, FeeBooks.Unknown.Confirm(10_000, Amount.Zero).Net(Amount.MaxValue));

    [Fact]
    public void A_raise_counts_from_where_the_old_rate_was_seen_last()
    {
        var fees = FeeBooks.Unknown.Confirm(100, Amount.Zero).Confirm(100, new Amount(10_000)).Confirm(200, new Amount(20_000));
        Assert.Equal(new Amount(20_000 - 100 - 200 - 1), fees.Net(new Amount(20_000)));
    }

    [Fact]
    public void A_cut_counts_from_now()
    {
        var fees = FeeBooks.Unknown.Confirm(200, Amount.Zero).Confirm(100, new Amount(10_000));
        Assert.Equal(new Amount(20_000 - 200 - 100 - 1), fees.Net(new Amount(20_000)));
    }
}
