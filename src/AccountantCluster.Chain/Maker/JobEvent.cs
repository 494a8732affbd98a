using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What happened to a transaction maker's jobs: the closed set that its journal holds.</summary>
public abstract record JobEvent
{
    private JobEvent()
    {
    }

    /// <summary>A job is taken: from now on it is sent, or fails with a reason.</summary>
    /// <param name="Job">The job.</param>
    public sealed record Accepted(MakerJob Job) : JobEvent;

    /// <summary>It is known what became of a job.</summary>
    /// <param name="Id">The job.</param>
    /// <param name="Outcome">What.</param>
    public sealed record Finished(Bytes32 Id, JobOutcome Outcome) : JobEvent;
}
