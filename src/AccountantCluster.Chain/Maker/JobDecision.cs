namespace AccountantCluster.Chain;

/// <summary>What a transaction maker answers to a job.</summary>
public abstract record JobDecision
{
    private JobDecision()
    {
    }

    /// <summary>It is taken once that is stored.</summary>
    /// <param name="Event">To be stored.</param>
    public sealed record Accept(JobEvent.Accepted Event) : JobDecision;

    /// <summary>It was taken before.</summary>
    public sealed record Known : JobDecision;

    /// <summary>It is not taken.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refuse(JobReason Reason) : JobDecision;
}
