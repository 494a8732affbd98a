using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What is remembered of a job that is over.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it did.</param>
/// <param name="Identity">Who signed it.</param>
/// <param name="Accountant">The accountant's contract.</param>
/// <param name="Digest">What it asked for.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record FinishedJob(Bytes32 Id, JobKind Kind, Address Identity, Address Accountant, Bytes32 Digest, JobOutcome Outcome)
{
    /// <summary>Whether it cost the transaction maker gas and brought nothing.</summary>
    public bool IsLoss => Outcome is { Reason: not JobReason.None, GasUsed: > 0 };
}
