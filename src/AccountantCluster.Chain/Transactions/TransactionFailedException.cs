namespace AccountantCluster.Chain;

/// <summary>A transaction was mined and reverted: it did nothing, and its gas is paid.</summary>
public sealed class TransactionFailedException : EthereumException
{
    /// <summary>The failure with that receipt.</summary>
    public TransactionFailedException(TransactionReceipt receipt, ContractError? error)
        : base($"Transaction {receipt.TransactionHash} failed in block {receipt.BlockNumber}: "
            + (error?.ToString() ?? "reason not reproducible"))
    {
        Receipt = receipt;
        Error = error;
    }

    /// <summary>What the chain says.</summary>
    public TransactionReceipt Receipt { get; }

    /// <summary>The reason, from running it again on the state after its block; null where that succeeds.</summary>
    public ContractError? Error { get; }
}
