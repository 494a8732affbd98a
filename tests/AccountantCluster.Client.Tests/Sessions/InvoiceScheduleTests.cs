using AccountantCluster.Client.Sessions;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Client.Tests.Sessions;

public sealed class InvoiceScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly InvoiceScheduleOptions Options = new() { Prepaid = Units(10) };

    [Fact]
    public void The_first_increment_is_asked_for_before_anything_is_used()
    {
        Assert.Equal(new InvoiceStep.Ask(Units(10)), InvoiceSchedule.Begin(Options, Start).Decide(Start, Amount.Zero));
        var patient = InvoiceSchedule.Begin(Options with { Prepaid = Amount.Zero }, Start);
        Assert.Equal(new InvoiceStep.Wait(At(5)), patient.Decide(Start, Amount.Zero));
        Assert.Equal(new InvoiceStep.Wait(At(5)), patient.Decide(At(4), Units(3)));
        Assert.Equal(new InvoiceStep.Ask(Units(3)), patient.Decide(At(5), Units(3)));
    }

    [Fact]
    public void What_is_prepaid_is_used_up_before_more_is_asked_for()
    {
        var paid = InvoiceSchedule.Begin(Options, Start).WithAsked(Start, Units(10)).WithPaid();
        Assert.IsType<InvoiceStep.Wait>(paid.Decide(At(60), Units(10)));
        Assert.Equal(new InvoiceStep.Ask(Units(1)), paid.Decide(At(60), Units(11)));
    }

    [Fact]
    public void Intervals_grow_by_a_third_up_to_the_longest()
    {
        var (schedule, now, used) = (InvoiceSchedule.Begin(Options, Start), Start, Units(10));
        var intervals = new List<TimeSpan>();
        for (var invoice = 0; invoice < 20; invoice++)
        {
            var ask = Assert.IsType<InvoiceStep.Ask>(schedule.Decide(now, used));
            schedule = schedule.WithAsked(now, ask.Amount).WithPaid();
            used += Units(1);
            var wait = Assert.IsType<InvoiceStep.Wait>(schedule.Decide(now, used));
            intervals.Add(wait.Until - now);
            now = wait.Until;
        }
        Assert.Equal(TimeSpan.FromSeconds(5), intervals[0]);
        Assert.Equal(TimeSpan.FromSeconds(5) * 4 / 3, intervals[1]);
        Assert.Equal(intervals.Order(), intervals);
        Assert.Equal(Options.LongestInterval, intervals[^1]);
    }

    [Fact]
    public void Much_is_asked_for_at_once()
    {
        var options = Options with { LargestUnpaid = Units(100) };
        var paid = InvoiceSchedule.Begin(options, Start).WithAsked(Start, Units(10)).WithPaid();
        Assert.Equal(new InvoiceStep.Wait(At(5)), paid.Decide(At(1), Units(109)));
        Assert.Equal(new InvoiceStep.Ask(Units(100)), paid.Decide(At(1), Units(110)));
    }

    [Fact]
    public void Who_does_not_pay_is_asked_again_and_left()
    {
        var asked = InvoiceSchedule.Begin(Options, Start).WithAsked(Start, Units(10));
        Assert.Equal(new InvoiceStep.Wait(At(50)), asked.Decide(At(49), Units(40)));
        Assert.Equal(new InvoiceStep.AskAgain(), asked.Decide(At(50), Units(40)));
        var again = asked.WithAskedAgain(At(50));
        Assert.Equal(new InvoiceStep.Wait(At(100)), again.Decide(At(50), Units(40)));
        again = again.WithAskedAgain(At(100));
        Assert.Equal(new InvoiceStep.Wait(At(120)), again.Decide(At(100), Units(40)));
        Assert.Equal(new InvoiceStep.Stop(SessionEnd.NotPaid), again.Decide(At(120), Units(40)));
        Assert.Equal(new InvoiceStep.Ask(Units(30)), again.WithPaid().Decide(At(120), Units(40)));
    }

    [Fact]
    public void An_accountant_that_fails_on_and_on_ends_the_session_and_one_success_forgives_it()
    {
        var schedule = InvoiceSchedule.Begin(Options, Start).WithAsked(Start, Units(10));
        for (var failure = 0; failure < 9; failure++) schedule = schedule.WithFailure();
        Assert.IsNotType<InvoiceStep.Stop>(schedule.Decide(At(1), Units(1)));
        Assert.Equal(new InvoiceStep.Stop(SessionEnd.AccountantFails), schedule.WithFailure().Decide(At(1), Units(1)));
        Assert.Equal(0, schedule.WithPaid().Failures);
    }

    /// <summary>
    /// Whenever the provider is asked, and however late its consumer pays: it asks for no more than was used or is to be prepaid, and what a
    /// consumer owes when it stops is bounded by what it used in the time that it was waited for.
    /// </summary>
    [Fact]
    public void No_more_is_asked_for_than_was_used() => Gen.Select(Gen.UInt[0, 20].Array[1, 200], Gen.UInt[0, 90], Gen.Bool).Sample(
        (seconds, delay, isLimited) =>
        {
            var options = Options with { LargestUnpaid = isLimited ? Units(50) : null };
            var (schedule, now, used, asked) = (InvoiceSchedule.Begin(options, Start), Start, Amount.Zero, Amount.Zero);
            DateTimeOffset? paysAt = null;
            foreach (var pause in seconds)
            {
                now += TimeSpan.FromSeconds(pause);
                used += Units(3 * pause);
                if (now >= paysAt) (schedule, paysAt) = (schedule.WithPaid(), null);
                switch (schedule.Decide(now, used))
                {
                    case InvoiceStep.Ask ask:
                        Assert.False(ask.Amount.IsZero);
                        Assert.Null(paysAt);
                        (schedule, asked) = (schedule.WithAsked(now, ask.Amount), asked + ask.Amount);
                        Assert.Equal(Amount.Max(used, options.Prepaid), asked);
                        paysAt = now + TimeSpan.FromSeconds(delay);
                        break;
                    case InvoiceStep.AskAgain:
                        Assert.NotNull(paysAt);
                        schedule = schedule.WithAskedAgain(now);
                        break;
                    case InvoiceStep.Wait wait:
                        Assert.True(wait.Until > now);
                        break;
                    case InvoiceStep.Stop stop:
                        Assert.Equal(SessionEnd.NotPaid, stop.End);
                        Assert.NotNull(paysAt);
                        return;
                }
            }
        },
        iter: TestEffort.Of(300));

    private static Amount Units(UInt128 units) => new(units);

    private static DateTimeOffset At(double seconds) => Start + TimeSpan.FromSeconds(seconds);
}
