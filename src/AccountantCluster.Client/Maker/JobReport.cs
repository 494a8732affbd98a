using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Maker;

/// <summary>Where a job stands, as its transaction maker says; the chain has the last word.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="TransactionHash">
/// The newest transaction, or the one in a block; null while there is none, and where somebody else's transaction did the same.
/// </param>
/// <param name="Replacements">Transactions that took another's place so far.</param>
/// <param name="Block">Height of its block; null while it is in none.</param>
public sealed record JobReport(
    JobKind Kind, JobState State, JobReason Reason, Bytes32? TransactionHash, int Replacements, ulong? Block)
{
    /// <summary>Whether it will not change any more.</summary>
    public bool IsOver => State is JobState.Confirmed or JobState.Failed;
}
