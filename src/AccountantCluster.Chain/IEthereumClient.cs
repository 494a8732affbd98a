using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// All that this product needs of an Ethereum node, and no more: any library can stand behind it. Every call has a deadline of its own.
/// All of them throw <see cref="EthereumUnavailableException"/> where the node does not answer, <see cref="RpcException"/> where it
/// refuses, and <see cref="EndpointsDisagreeException"/> where it is several that do not agree. Safe for concurrent use.
/// </summary>
public interface IEthereumClient
{
    /// <summary>The chain's id.</summary>
    Task<ulong> GetChainIdAsync(CancellationToken cancellation = default);

    /// <summary>Height of the newest block.</summary>
    Task<ulong> GetBlockNumberAsync(CancellationToken cancellation = default);

    /// <summary>A block's header; null where there is no such block.</summary>
    Task<Block?> GetBlockAsync(BlockReference block, CancellationToken cancellation = default);

    /// <summary>Runs a call without sending it, and returns what the contract returns: nothing where no contract is.</summary>
    /// <exception cref="ContractRevertedException">The contract refused.</exception>
    Task<ReadOnlyMemory<byte>> CallAsync(ContractCall call, BlockReference block, CancellationToken cancellation = default);

    /// <summary>Runs many calls at one block in as few requests as the limits allow; one outcome per call, in the same order.</summary>
    Task<IReadOnlyList<CallOutcome>> CallManyAsync(
        IReadOnlyList<ContractCall> calls, BlockReference block, CancellationToken cancellation = default);

    /// <summary>Runs a transaction on top of the pending ones without sending it.</summary>
    /// <exception cref="ContractRevertedException">The contract refused.</exception>
    Task SimulateAsync(Address from, TransactionRequest request, BlockReference block, CancellationToken cancellation = default);

    /// <summary>Gas that a transaction would need on top of the pending ones.</summary>
    /// <exception cref="ContractRevertedException">The contract refused.</exception>
    Task<ulong> EstimateGasAsync(Address from, TransactionRequest request, CancellationToken cancellation = default);

    /// <summary>Logs in the order of the chain. Nodes limit range and number: see <see cref="LogReader"/>.</summary>
    Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellation = default);

    /// <summary>How many transactions an account has sent: its next nonce.</summary>
    Task<ulong> GetTransactionCountAsync(Address account, BlockReference block, CancellationToken cancellation = default);

    /// <summary>What gas costs now.</summary>
    Task<FeeSuggestion> GetFeeSuggestionAsync(CancellationToken cancellation = default);

    /// <summary>Hands in a signed transaction and returns its hash as the node computes it.</summary>
    Task<Bytes32> SendRawTransactionAsync(ReadOnlyMemory<byte> signedTransaction, CancellationToken cancellation = default);

    /// <summary>Whether the node has the transaction, waiting or in a block.</summary>
    Task<bool> KnowsTransactionAsync(Bytes32 transactionHash, CancellationToken cancellation = default);

    /// <summary>What became of a transaction; null while it is in no block.</summary>
    Task<TransactionReceipt?> GetTransactionReceiptAsync(Bytes32 transactionHash, CancellationToken cancellation = default);

    /// <summary>Code at an address; empty where no contract is.</summary>
    Task<ReadOnlyMemory<byte>> GetCodeAsync(Address account, BlockReference block, CancellationToken cancellation = default);

    /// <summary>Ether of an account, in wei.</summary>
    Task<UInt128> GetBalanceAsync(Address account, BlockReference block, CancellationToken cancellation = default);
}
