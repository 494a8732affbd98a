using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Chain.Tests;

/// <summary>A transaction maker's jobs: taken once, limited, and ended as the chain says.</summary>
public sealed class JobRulesTests
{
    private const ulong Now = 1_000_000;

    private static readonly JobLimits Limits = new() { Open = 3, Remembered = 4 };
    private static readonly Address Accountant = Address.Parse("0x00000000000000000000000000000000000000aa");
    private static readonly JobRules Rules = new(Limits);

    [Fact]
    public void A_job_under_a_known_id_is_the_same_job_while_it_runs_and_after_it()
    {
        var job = Job(identity: 1, client: 1);
        var book = Take(JobBook.Empty, job);
        Assert.IsType<JobDecision.Known>(Rules.Accept(book, job));
        Assert.IsType<JobDecision.Known>(Rules.Accept(book, job with { AcceptedAt = Now + 1 }));
        var over = End(book, job, JobReason.None);
        Assert.IsType<JobDecision.Known>(Rules.Accept(over, job));
        Assert.Empty(over.Open);
    }

    [Fact]
    public void Something_else_under_a_known_id_is_refused_while_it_runs_and_after_it()
    {
        var job = Job(identity: 1, client: 1);
        var other = job with { Request = new TransactionRequest(Accountant, new byte[] { 9 }) };
        var book = Take(JobBook.Empty, job);
        Assert.Equal(new JobDecision.Refuse(JobReason.Conflict), Rules.Accept(book, other));
        Assert.Equal(new JobDecision.Refuse(JobReason.Conflict), Rules.Accept(End(book, job, JobReason.None), other));
    }

    [Fact]
    public void An_identity_has_one_job_at_a_time_with_one_accountant()
    {
        var book = Take(JobBook.Empty, Job(identity: 1, client: 1));
        Assert.Equal(new JobDecision.Refuse(JobReason.LimitExceeded), Rules.Accept(book, Job(identity: 1, client: 2)));
        Assert.IsType<JobDecision.Accept>(Rules.Accept(book, Job(identity: 2, client: 2)));
        var elsewhere = Job(identity: 1, client: 2) with { Accountant = Address.Parse("0x00000000000000000000000000000000000000bb") };
        Assert.IsType<JobDecision.Accept>(Rules.Accept(book, elsewhere));
    }

    [Fact]
    public void No_more_jobs_are_taken_than_may_be_under_way()
    {
        var book = Enumerable.Range(1, Limits.Open).Aggregate(JobBook.Empty, (before, number) => Take(before, Job(number, client: 1)));
        Assert.Equal(new JobDecision.Refuse(JobReason.Overloaded), Rules.Accept(book, Job(identity: 99, client: 1)));
    }

    [Fact]
    public void Whoever_makes_it_lose_gas_is_sent_away_for_a_day()
    {
        var book = JobBook.Empty;
        for (byte client = 1; client <= Limits.LossesPerIdentity; client++)
        {
            var job = Job(identity: 1, client);
            book = End(Take(book, job), job, JobReason.Reverted, gasUsed: 40_000);
        }
        var next = Job(identity: 1, client: 50);
        Assert.Equal(new JobDecision.Refuse(JobReason.LimitExceeded), Rules.Accept(book, next));
        Assert.IsType<JobDecision.Accept>(Rules.Accept(book, Job(identity: 2, client: 50)));
        var day = (ulong)Limits.LossPeriod.TotalSeconds;
        Assert.IsType<JobDecision.Accept>(Rules.Accept(book, next with { AcceptedAt = Now + day + 1 }));
    }

    [Fact]
    public void What_failed_without_costing_gas_is_no_loss()
    {
        var book = JobBook.Empty;
        for (byte client = 1; client <= Limits.LossesPerIdentity + 1; client++)
        {
            var job = Job(identity: 1, client);
            book = End(Take(book, job), job, JobReason.NotSentInTime);
        }
        Assert.IsType<JobDecision.Accept>(Rules.Accept(book, Job(identity: 1, client: 50)));
    }

    [Fact]
    public void Only_what_pays_is_sent()
    {
        var job = Job(identity: 1, client: 1);
        Assert.IsType<JobStep.Place>(Rules.Begin(job, Aim(job.Pay.Least), Now));
        Assert.Equal(JobReason.FeeTooLow, Reason(Rules.Begin(job, Aim(job.Pay.Least - new Amount(1)), Now)));
        var refused = new JobAim(null, JobReach.None, ContractError.Decode(default));
        Assert.Equal(JobReason.WouldRevert, Reason(Rules.Begin(job, refused, Now)));
    }

    [Fact]
    public void A_job_that_gas_keeps_waiting_is_given_back()
    {
        var job = Job(identity: 1, client: 1);
        var late = Now + (ulong)Limits.Patience.TotalSeconds;
        Assert.IsType<JobStep.Place>(Rules.Begin(job, Aim(job.Pay.Least), late - 1));
        Assert.Equal(JobReason.NotSentInTime, Reason(Rules.Begin(job, Aim(job.Pay.Least), late)));
    }

    [Fact]
    public void What_somebody_else_did_is_done_once_it_is_confirmed()
    {
        var job = Job(identity: 1, client: 1);
        Assert.IsType<JobStep.Wait>(Rules.Begin(job, new JobAim(null, JobReach.Seen, null), Now));
        Assert.Equal(JobReason.None, Reason(Rules.Begin(job, new JobAim(null, JobReach.Confirmed, null), Now)));
    }

    [Theory]
    [InlineData(LaneOutcomeKind.Done, false, JobReason.None)]
    [InlineData(LaneOutcomeKind.Reverted, true, JobReason.None)]
    [InlineData(LaneOutcomeKind.Reverted, false, JobReason.Reverted)]
    [InlineData(LaneOutcomeKind.Cancelled, true, JobReason.None)]
    [InlineData(LaneOutcomeKind.Cancelled, false, JobReason.WouldRevert)]
    [InlineData(LaneOutcomeKind.Overtaken, false, JobReason.Overtaken)]
    public void The_end_of_the_order_is_the_end_of_the_job(LaneOutcomeKind kind, bool isReached, JobReason expected)
    {
        var hash = Bytes32.FromUInt128(9);
        var outcome = JobRules.Conclude(new LaneOutcome(kind, 3, hash, 70, 21_000, 5), isReached, Now);
        Assert.Equal(expected, outcome.Reason);
        // Whoever did it, the hash is of our own transaction that did.
        Assert.Equal(kind == LaneOutcomeKind.Done || !isReached ? hash : default, outcome.Hash);
        Assert.Equal(21_000UL, outcome.GasUsed);
    }

    /// <summary>
    /// Any order of jobs, repetitions and ends: what is open was taken once and is not over, and the newest ends are known.
    /// </summary>
    [Fact]
    public void Any_history_keeps_each_job_in_one_place() => Gen.ULong.Sample(
        seed =>
        {
            var dice = new Dice(seed);
            var (book, taken, over) = (JobBook.Empty, new HashSet<Bytes32>(), new List<Bytes32>());
            for (var step = 0; step < 60; step++)
            {
                var job = Job(identity: 1 + dice.Roll(6), client: (byte)dice.Roll(4));
                if (dice.Roll(3) > 0 || book.Open.IsEmpty)
                {
                    if (Rules.Accept(book, job) is not JobDecision.Accept accept) continue;
                    // Once more only where its end is forgotten.
                    Assert.True(taken.Add(job.Id) || !book.Finished.ContainsKey(job.Id));
                    book = book.Apply(accept.Event, Limits.Remembered);
                }
                else
                {
                    var ended = book.Open[dice.Roll(book.Open.Length)];
                    book = End(book, ended, JobReason.None);
                    over.Add(ended.Id);
                }
                Assert.True(book.Open.Length <= Limits.Open);
                Assert.Equal(book.Open.Length, book.Open.Select(open => (open.Identity, open.Accountant)).Distinct().Count());
                Assert.DoesNotContain(book.Open, open => book.Finished.ContainsKey(open.Id));
                Assert.Equal(book.FinishedInOrder.Order(), book.Finished.Keys.Order());
                Assert.True(book.Finished.Count <= Limits.Remembered);
            }
        },
        iter: TestEffort.Of(200));

    private static JobBook Take(JobBook book, MakerJob job) =>
        book.Apply(Assert.IsType<JobDecision.Accept>(Rules.Accept(book, job)).Event, Limits.Remembered);

    private static JobBook End(JobBook book, MakerJob job, JobReason reason, ulong gasUsed = 0) => book.Apply(
        new JobEvent.Finished(job.Id, new JobOutcome(reason, default, 0, gasUsed, 1, Now)), Limits.Remembered);

    private static JobAim Aim(Amount pays) => new(pays, JobReach.None, null);

    private static JobReason Reason(JobStep step) => Assert.IsType<JobStep.Finish>(step).Outcome.Reason;

    private static MakerJob Job(int identity, byte client)
    {
        var who = new Address([.. new byte[19], (byte)identity]);
        return new MakerJob(
            MakerJob.IdOf(who, Bytes32.FromUInt128(client)),
            JobKind.Settle,
            who,
            Accountant,
            new JobPay(new Amount(10), new Amount(10), Amount.Zero, new Amount(1_000)),
            new TransactionRequest(Accountant, new byte[] { (byte)identity, client }),
            Now);
    }
}
