using AccountantCluster.Chain;

namespace AccountantCluster.Client.Maker;

/// <summary>A transaction maker does not take a job, or could not do it.</summary>
public sealed class JobRefusedException : Exception
{
    /// <summary>A refusal.</summary>
    public JobRefusedException(JobReason reason, string detail)
        : base($"The transaction maker refuses: {reason.ToName()}{(detail.Length == 0 ? "" : $": {detail}")}.") => Reason = reason;

    /// <summary>Why.</summary>
    public JobReason Reason { get; }
}
