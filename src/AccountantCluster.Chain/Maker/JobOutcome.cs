using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What became of a job, for good.</summary>
/// <param name="Reason">Why it failed; <see cref="JobReason.None"/>: it happened.</param>
/// <param name="Hash">The transaction maker's transaction; zero where none is in a block, or where somebody else's did the same.</param>
/// <param name="Block">Height of its block; zero without one.</param>
/// <param name="GasUsed">Gas that the transaction maker paid for.</param>
/// <param name="GasPriceWei">What a unit of it cost.</param>
/// <param name="At">Unix time in seconds when it was known.</param>
public sealed record JobOutcome(JobReason Reason, Bytes32 Hash, ulong Block, ulong GasUsed, UInt128 GasPriceWei, ulong At)
{
    /// <summary>An end without a transaction of the transaction maker's in a block.</summary>
    public static JobOutcome Without(JobReason reason, ulong at) => new(reason, default, 0, 0, 0, at);

    /// <summary>An end that the lane knows of.</summary>
    public static JobOutcome Of(JobReason reason, LaneOutcome outcome, ulong at) =>
        new(reason, outcome.Hash, outcome.Block, outcome.GasUsed, outcome.GasPriceWei, at);
}
