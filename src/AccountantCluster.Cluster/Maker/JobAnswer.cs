using AccountantCluster.Chain;

namespace AccountantCluster.Cluster;

/// <summary>What a transaction maker answers to a job.</summary>
/// <param name="Standing">Where the job stands; null where it is not taken.</param>
/// <param name="Reason">Why it is not.</param>
/// <param name="Detail">In words: the contract's own error, for one.</param>
/// <param name="Quote">A fresh one, where the fee is the reason.</param>
public sealed record JobAnswer(JobStanding? Standing, JobReason Reason, string Detail, SealedQuote? Quote = null)
{
    /// <summary>It is taken, now or before.</summary>
    public static JobAnswer Of(JobStanding standing) => new(standing, JobReason.None, "");

    /// <summary>It is not.</summary>
    public static JobAnswer Because(JobReason reason, string detail) => new(null, reason, detail);
}
