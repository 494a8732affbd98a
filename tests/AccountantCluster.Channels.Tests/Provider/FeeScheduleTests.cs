using System.Numerics;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Channels.Tests.Provider;

/// <summary>fees = ⌊gross since the last change × bps / 10,000⌋ + earlier (protocol §4), against wide integers.</summary>
public sealed class FeeScheduleTests
{
    // A change of the rate after so much more was credited.
    private static readonly Gen<(UInt128 Credited, ushort BasisPoints)[]> Changes =
        Gen.Select(Credit(120), Gen.UShort[0, Share.Whole]).Array[0, 8];

    [Fact]
    public void Fees_are_those_of_wide_integers() =>
        Gen.Select(Changes, Credit(127)).Sample(
            (changes, last) =>
            {
                var (schedule, reference) = (FeeSchedule.Free, new Reference());
                foreach (var (credited, basisPoints) in changes)
                {
                    reference.Gross += (BigInteger)credited;
                    schedule = schedule.ChangeTo(basisPoints, new Amount((UInt128)reference.Gross));
                    reference.Change(basisPoints);
                }
                reference.Gross += (BigInteger)last;
                return (BigInteger)schedule.FeeOn(new Amount((UInt128)reference.Gross)).Units == reference.Fees;
            },
            iter: TestEffort.Of(5_000));

    [Fact]
    public void Fees_and_what_is_left_never_fall_as_gross_rises() =>
        Gen.Select(Changes, Credit(127), Gen.OneOf(Gen.UInt[0, 3].Select(step => (UInt128)step), Credit(126))).Sample(
            (changes, gross, step) =>
            {
                var schedule = Build(changes);
                var (lower, higher) = (new Amount(gross), new Amount(gross + step));
                return schedule.FeeOn(lower) <= schedule.FeeOn(higher) && lower - schedule.FeeOn(lower) <= higher - schedule.FeeOn(higher);
            },
            iter: TestEffort.Of(5_000));

    /// <summary>Totals signed before a change keep their fee.</summary>
    [Fact]
    public void A_change_leaves_what_was_credited_before_alone() =>
        Gen.Select(Changes, Gen.UShort[0, Share.Whole], Credit(127)).Sample(
            (changes, basisPoints, asked) =>
            {
                var schedule = Build(changes);
                var reached = changes.Aggregate(UInt128.Zero, (sum, change) => sum + change.Credited);
                var gross = new Amount(UInt128.Min(asked, reached));
                return schedule.ChangeTo(basisPoints, new Amount(reached)).FeeOn(gross) == schedule.FeeOn(gross);
            },
            iter: TestEffort.Of(2_000));

    [Fact]
    public void What_is_forgotten_changes_no_fee_that_may_be_asked_for() =>
        Gen.Select(Changes, Credit(120), Credit(127)).Sample(
            (changes, folded, more) =>
            {
                var schedule = Build(changes);
                var kept = schedule.Fold(new Amount(folded));
                var asked = new Amount(folded + more);
                return kept.FeeOn(asked) == schedule.FeeOn(asked)
                    && kept.FeeOn(new Amount(folded)) == schedule.FeeOn(new Amount(folded))
                    && kept.Rates.Count(rate => rate.FromGross <= new Amount(folded)) <= 1
                    && kept.ChangeTo(77, asked).FeeOn(Amount.MaxValue) == schedule.ChangeTo(77, asked).FeeOn(Amount.MaxValue);
            },
            iter: TestEffort.Of(5_000));

    [Fact]
    public void The_largest_amount_has_a_fee() => Assert.Equal(
        Amount.MaxValue, FeeSchedule.Free.ChangeTo(Share.Whole, Amount.Zero).FeeOn(Amount.MaxValue));

    [Fact]
    public void A_rate_under_which_nothing_was_credited_leaves_no_trace()
    {
        var schedule = FeeSchedule.Free
            .ChangeTo(100, Amount.Zero).ChangeTo(200, Amount.Zero).ChangeTo(300, new Amount(5)).ChangeTo(400, new Amount(5));
        Assert.Equal([new FeeSchedule.Rate(Amount.Zero, 200), new FeeSchedule.Rate(new Amount(5), 400)], schedule.Rates.ToArray());
        Assert.Equal(400, schedule.BasisPoints);
    }

    [Fact]
    public void More_than_the_whole_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FeeSchedule.Free.ChangeTo(10_001, Amount.Zero));

    private static FeeSchedule Build((UInt128 Credited, ushort BasisPoints)[] changes)
    {
        var (schedule, gross) = (FeeSchedule.Free, UInt128.Zero);
        foreach (var (credited, basisPoints) in changes)
        {
            gross += credited;
            schedule = schedule.ChangeTo(basisPoints, new Amount(gross));
        }
        return schedule;
    }

    private static Gen<UInt128> Credit(int bits) => Gen.OneOf(
        Gen.UInt[0, 30_000].Select(units => (UInt128)units),
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[128 - bits, 127], (upper, lower, shift) => new UInt128(upper, lower) >> shift));

    private sealed class Reference
    {
        private BigInteger _earlier, _since;
        private int _basisPoints;

        public BigInteger Gross { get; set; }

        public BigInteger Fees => _earlier + ((Gross - _since) * _basisPoints / 10_000);

        public void Change(int basisPoints) => (_earlier, _since, _basisPoints) = (Fees, Gross, basisPoints);
    }
}
