using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Sessions;

/// <summary>
/// When a provider asks for money in one service session, pure: whoever meters the service says what was used and what time it is, does
/// what <see cref="Decide"/> says, and tells what came of it. Every invoice brings the session's total to what was used by then (paper
/// §4.4), so that one that is lost is made up for by the next.
/// </summary>
public sealed record InvoiceSchedule
{
    private InvoiceSchedule(InvoiceScheduleOptions options, DateTimeOffset now) =>
        (Options, Interval, NextAt) = (options, options.FirstInterval, options.Prepaid.IsZero ? now + options.FirstInterval : now);

    /// <summary>The provider's choices.</summary>
    public InvoiceScheduleOptions Options { get; }

    /// <summary>Asked for altogether, in token base units.</summary>
    public Amount Asked { get; private init; }

    /// <summary>Times that the accountant failed in a row.</summary>
    public int Failures { get; private init; }

    private TimeSpan Interval { get; init; }

    private DateTimeOffset NextAt { get; init; }

    // Of the invoice that is out.
    private DateTimeOffset? UnpaidSince { get; init; }

    private DateTimeOffset AskedAt { get; init; }

    /// <summary>A session that begins.</summary>
    public static InvoiceSchedule Begin(InvoiceScheduleOptions options, DateTimeOffset now) => new(options, now);

    /// <summary>What to do now.</summary>
    /// <param name="now">What time it is; never before an earlier one.</param>
    /// <param name="used">What was used in the session so far, in token base units.</param>
    public InvoiceStep Decide(DateTimeOffset now, Amount used)
    {
        if (Failures >= Options.MaxFailures) return new InvoiceStep.Stop(SessionEnd.AccountantFails);
        if (UnpaidSince is { } since)
        {
            var (end, again) = (since + Options.ServicePatience, AskedAt + Options.PaymentPatience);
            if (now >= end) return new InvoiceStep.Stop(SessionEnd.NotPaid);
            return now >= again ? new InvoiceStep.AskAgain() : new InvoiceStep.Wait(end < again ? end : again);
        }
        var due = Amount.Max(used, Options.Prepaid).SaturatingSubtract(Asked);
        if (!due.IsZero && (now >= NextAt || due >= Options.LargestUnpaid)) return new InvoiceStep.Ask(due);
        return new InvoiceStep.Wait(now >= NextAt ? now + Interval : NextAt);
    }

    /// <summary>An invoice went out.</summary>
    /// <param name="now">When.</param>
    /// <param name="amount">What <see cref="InvoiceStep.Ask"/> said.</param>
    public InvoiceSchedule WithAsked(DateTimeOffset now, Amount amount)
    {
        var longer = Interval * 4 / 3;
        return this with
        {
            Asked = Asked + amount,
            UnpaidSince = now,
            AskedAt = now,
            NextAt = now + Interval,
            Interval = longer < Options.LongestInterval ? longer : Options.LongestInterval,
        };
    }

    /// <summary>The invoice went out once more.</summary>
    public InvoiceSchedule WithAskedAgain(DateTimeOffset now) => this with { AskedAt = now };

    /// <summary>Everything that was asked for is accepted.</summary>
    public InvoiceSchedule WithPaid() => this with { UnpaidSince = null, Failures = 0 };

    /// <summary>The accountant did not answer, or not as it must: neither the consumer's fault, nor paid.</summary>
    public InvoiceSchedule WithFailure() => this with { Failures = Failures + 1 };
}
