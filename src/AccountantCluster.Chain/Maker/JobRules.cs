namespace AccountantCluster.Chain;

/// <summary>
/// The rules of a transaction maker. Pure. A job is stored before its client hears that it is taken; it is placed in the lane under its own
/// id, so that whoever takes over places it once; and it is over when enough blocks lie on what became of it.
/// </summary>
/// <param name="limits">What is taken on.</param>
public sealed class JobRules(JobLimits limits)
{
    /// <summary>Whether a job is taken. What the chain says of it was looked at before.</summary>
    /// <param name="book">Jobs so far.</param>
    /// <param name="job">The job.</param>
    public JobDecision Accept(JobBook book, MakerJob job)
    {
        if (Recall(book, job) is { } known) return known;
        if (book.Open.Length >= limits.Open) return new JobDecision.Refuse(JobReason.Overloaded);
        var beside = book.Open.Count(open => open.Identity == job.Identity && open.Accountant == job.Accountant);
        if (beside >= limits.OpenPerChannel) return new JobDecision.Refuse(JobReason.LimitExceeded);
        var period = (ulong)limits.LossPeriod.TotalSeconds;
        var losses = book.CountLosses(job.Identity, job.AcceptedAt - Math.Min(job.AcceptedAt, period));
        return losses >= limits.LossesPerIdentity
            ? new JobDecision.Refuse(JobReason.LimitExceeded)
            : new JobDecision.Accept(new JobEvent.Accepted(job));
    }

    /// <summary>What is known of a job under its id; null for a new one.</summary>
    public static JobDecision? Recall(JobBook book, MakerJob job)
    {
        var known = book.Find(job.Id)?.Digest() ?? (book.Finished.TryGetValue(job.Id, out var over) ? over.Digest : null);
        if (known is not { } digest) return null;
        return digest == job.Digest() ? new JobDecision.Known() : new JobDecision.Refuse(JobReason.Conflict);
    }

    /// <summary>What follows for a job that the lane does not know.</summary>
    /// <param name="job">The job.</param>
    /// <param name="aim">What it would do now.</param>
    /// <param name="now">Unix time in seconds.</param>
    public JobStep Begin(MakerJob job, JobAim aim, ulong now)
    {
        if (aim.Reach == JobReach.Confirmed) return End(JobReason.None, now);
        if (aim.Reach == JobReach.Seen) return new JobStep.Wait();
        if (aim.Pays is not { } pays) return End(JobReason.WouldRevert, now);
        if (pays < job.Pay.Least) return End(JobReason.FeeTooLow, now);
        return now >= job.AcceptedAt + (ulong)limits.Patience.TotalSeconds ? End(JobReason.NotSentInTime, now) : new JobStep.Place();
    }

    /// <summary>What follows for a job whose order in the lane is over.</summary>
    /// <param name="outcome">What became of the order.</param>
    /// <param name="isReached">Whether the chain shows what the job was for, at the newest block.</param>
    /// <param name="now">Unix time in seconds.</param>
    public static JobOutcome Conclude(LaneOutcome outcome, bool isReached, ulong now) => outcome.Kind switch
    {
        LaneOutcomeKind.Done => JobOutcome.Of(JobReason.None, outcome, now),
        // Whoever copies a transaction out of the mempool pays for gas, and whoever is named in it is paid. The gas of ours is spent.
        _ when isReached => JobOutcome.Of(JobReason.None, outcome with { Hash = default }, now),
        LaneOutcomeKind.Reverted => JobOutcome.Of(JobReason.Reverted, outcome, now),
        LaneOutcomeKind.Cancelled => JobOutcome.Of(JobReason.WouldRevert, outcome, now),
        _ => JobOutcome.Of(JobReason.Overtaken, outcome, now),
    };

    private static JobStep.Finish End(JobReason reason, ulong now) => new(JobOutcome.Without(reason, now));
}
