using System.Numerics;
using AccountantCluster.Client.Sessions;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Client.Tests.Sessions;

public sealed class InvoiceCheckTests
{
    private static readonly InvoiceCheck Check = new(new Amount(10));

    [Theory]
    [InlineData(0, 30_000)]
    [InlineData(0.9, 30_000)]
    [InlineData(60, 16_100)] // Half of what is fleeting after a minute.
    [InlineData(540, 12_100)] // A tenth of it after nine more.
    [InlineData(1e9, 11_100)]
    public void Tolerance_shrinks_with_time(double seconds, uint basisPoints) =>
        Assert.Equal(basisPoints, InvoiceCheck.ToleranceBasisPoints(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void It_never_grows_and_never_falls_below_what_meters_differ_by() => Gen.Select(Gen.Long[0, TimeSpan.MaxValue.Ticks], Gen.Long[0, TimeSpan.MaxValue.Ticks])
        .Sample((one, other) =>
        {
            var (earlier, later) = (TimeSpan.FromTicks(Math.Min(one, other)), TimeSpan.FromTicks(Math.Max(one, other)));
            Assert.True(InvoiceCheck.ToleranceBasisPoints(earlier) >= InvoiceCheck.ToleranceBasisPoints(later));
            Assert.True(InvoiceCheck.ToleranceBasisPoints(later) >= 11_100);
        });

    [Fact]
    public void What_was_agreed_beforehand_is_paid_before_anything_is_used()
    {
        Assert.Equal(new Amount(10), Check.Agreed(TimeSpan.Zero, Amount.Zero, Amount.Zero));
        Assert.Equal(Amount.Zero, Check.Agreed(TimeSpan.FromMinutes(1), Amount.Zero, new Amount(10)));
        Assert.Equal(new Amount(6), Check.Agreed(TimeSpan.FromMinutes(1), new Amount(10), new Amount(10)));
    }

    [Fact]
    public void The_largest_total_is_exact_and_never_wraps() => Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 1_000_000]).Sample(
        (high, low, seconds) =>
        {
            var (used, elapsed) = (new UInt128(high, low), TimeSpan.FromSeconds(seconds));
            var exact = (BigInteger)used * InvoiceCheck.ToleranceBasisPoints(elapsed) / 10_000;
            var most = Check.Most(elapsed, new Amount(used)).Units;
            // Above a third of all amounts there is no telling them apart, and no token has as many.
            Assert.True(most == UInt128.Max((UInt128)BigInteger.Min(exact, (BigInteger)UInt128.MaxValue), 10) || most == UInt128.MaxValue);
            if (used < UInt128.MaxValue / 4) Assert.NotEqual(UInt128.MaxValue, most);
        },
        iter: TestEffort.Of(1_000));

    /// <summary>A provider whose meter is a tenth ahead is paid all the time; one that is three times ahead is not for long.</summary>
    [Fact]
    public void Meters_that_differ_a_little_do_not_matter()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var (percent, isPaid) in new[] { (100u, true), (110u, true), (300u, false) })
        {
            var (schedule, paid, refused) = (InvoiceSchedule.Begin(new InvoiceScheduleOptions { Prepaid = new Amount(10) }, start), Amount.Zero, false);
            for (var second = 0; second < 3_600 && !refused; second++)
            {
                var (now, used) = (start + TimeSpan.FromSeconds(second), new Amount((UInt128)second * 100));
                if (schedule.Decide(now, new Amount(used.Units * percent / 100)) is not InvoiceStep.Ask ask) continue;
                refused = ask.Amount > Check.Agreed(now - start, used, paid);
                (schedule, paid) = (schedule.WithAsked(now, ask.Amount).WithPaid(), paid + ask.Amount);
            }
            Assert.Equal(isPaid, !refused);
        }
    }
}
