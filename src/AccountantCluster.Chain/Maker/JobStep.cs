namespace AccountantCluster.Chain;

/// <summary>What is to be done for a job next.</summary>
public abstract record JobStep
{
    private JobStep()
    {
    }

    /// <summary>Nothing until the next look.</summary>
    public sealed record Wait : JobStep;

    /// <summary>To be placed in the lane, which simulates it once more.</summary>
    public sealed record Place : JobStep;

    /// <summary>It is over.</summary>
    /// <param name="Outcome">What became of it.</param>
    public sealed record Finish(JobOutcome Outcome) : JobStep;
}
