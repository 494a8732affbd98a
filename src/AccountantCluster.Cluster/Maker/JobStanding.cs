using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>Where a job stands.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Kind">What it does.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Hash">The newest transaction, or the one in a block; zero where there is none of the transaction maker's.</param>
/// <param name="Replacements">Transactions that took another's place so far.</param>
/// <param name="Block">Height of its block; zero where it is in none.</param>
public sealed record JobStanding(
    Bytes32 Id, JobKind Kind, JobState State, JobReason Reason, Bytes32 Hash, int Replacements, ulong Block)
{
    /// <summary>A job that was taken and not sent yet.</summary>
    public static JobStanding Accepted(MakerJob job) => new(job.Id, job.Kind, JobState.Accepted, JobReason.None, default, 0, 0);

    /// <summary>A job that is over.</summary>
    public static JobStanding Of(FinishedJob job) => new(
        job.Id,
        job.Kind,
        job.Outcome.Reason == JobReason.None ? JobState.Confirmed : JobState.Failed,
        job.Outcome.Reason,
        job.Outcome.Hash,
        0,
        job.Outcome.Block);
}
