using AccountantCluster.Chain;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Takes open jobs one step further: places what the lane does not know and sees where the rest stands. Every step may be taken again.
/// Safe for concurrent use.
/// </summary>
internal sealed class JobFollower(JobChain chain, JobRules rules, TimeProvider time, ILogger<JobFollower> logger)
{
    // Reads of the chain at once.
    private const int AtOnce = 8;

    /// <summary>One look at each.</summary>
    public async Task<IReadOnlyList<JobSight>> LookAsync(
        IReadOnlyList<MakerJob> jobs, LaneGateway lane, CancellationToken cancellation)
    {
        var sights = new JobSight[jobs.Count];
        await Parallel.ForAsync(
            0,
            jobs.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (number, cancelled) => sights[number] = await TryAsync(jobs[number], lane, cancelled));
        return sights;
    }

    private async Task<JobSight> TryAsync(MakerJob job, LaneGateway lane, CancellationToken cancellation)
    {
        try
        {
            return await LookAsync(job, lane, cancellation);
        }
        catch (EthereumException problem)
        {
            // A refused placement too: it is too dear now, or there is no room, or somebody was faster, which the next look shows.
            logger.LogInformation("Job {Job} waits: {Problem}", job.Id, problem.Message);
            return new JobSight(job.Id, null, null);
        }
    }

    private async Task<JobSight> LookAsync(MakerJob job, LaneGateway lane, CancellationToken cancellation)
    {
        var stands = await lane.FindAsync(job.Id, cancellation);
        if (stands.Outcome is { } outcome) return await ConcludeAsync(job, outcome, cancellation);
        if (stands.Open is { } open) return await SeeAsync(job, open, cancellation);

        var block = await chain.NewestAsync(cancellation);
        switch (rules.Begin(job, await chain.AimAsync(job, block, cancellation), Now))
        {
            case JobStep.Finish finish:
                return new JobSight(job.Id, null, finish.Outcome);
            case JobStep.Place:
                stands = await lane.PlaceAsync(job.Id, job.Request, cancellation);
                return stands.Open is { } placed ? await SeeAsync(job, placed, cancellation) : new JobSight(job.Id, null, null);
            default:
                return new JobSight(job.Id, null, null);
        }
    }

    private async Task<JobSight> SeeAsync(MakerJob job, LaneTransaction open, CancellationToken cancellation)
    {
        var receipt = await chain.ReceiptAsync(open, cancellation);
        var replacements = open.Attempts.Length - 1;
        var state = receipt is not null ? JobState.Mined : replacements > 0 ? JobState.Replaced : JobState.Sent;
        var hash = receipt?.TransactionHash ?? open.Last.Hash;
        return new JobSight(
            job.Id,
            new JobStanding(job.Id, job.Kind, state, JobReason.None, hash, replacements, receipt?.BlockNumber ?? 0),
            null);
    }

    private async Task<JobSight> ConcludeAsync(MakerJob job, LaneOutcome outcome, CancellationToken cancellation)
    {
        var isDone = outcome.Kind == LaneOutcomeKind.Done;
        var isReached = isDone || await chain.IsReachedAsync(job, BlockReference.Latest, cancellation);
        var earned = isDone ? await chain.EarnedAsync(outcome.Hash, cancellation) : default;
        return new JobSight(job.Id, null, JobRules.Conclude(outcome, isReached, Now), earned);
    }

    private ulong Now => (ulong)time.GetUtcNow().ToUnixTimeSeconds();
}
