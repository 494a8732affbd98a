using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What became of a transaction in its block.</summary>
/// <param name="TransactionHash">The transaction.</param>
/// <param name="BlockNumber">Height of its block.</param>
/// <param name="BlockHash">Identity of its block.</param>
/// <param name="Succeeded">False where it was reverted; its gas is paid all the same.</param>
/// <param name="GasUsed">Gas that was paid.</param>
/// <param name="GasPriceWei">What a unit of gas cost.</param>
/// <param name="DeployedContract">The new contract of a deployment.</param>
/// <param name="Logs">What the contracts wrote.</param>
public sealed record TransactionReceipt(
    Bytes32 TransactionHash,
    ulong BlockNumber,
    Bytes32 BlockHash,
    bool Succeeded,
    ulong GasUsed,
    UInt128 GasPriceWei,
    Address? DeployedContract,
    IReadOnlyList<LogEntry> Logs)
{
    /// <summary>The events of one type that one contract wrote, in their order.</summary>
    public IEnumerable<TEvent> Events<TEvent>(Address contract)
        where TEvent : class, IContractEvent<TEvent>
    {
        foreach (var log in Logs)
        {
            if (log.Contract == contract && log.TryRead<TEvent>(out var value)) yield return value;
        }
    }
}
