using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// A transaction was handed in, or may have been, and it is not known what became of it: it can still be mined. Ask the chain for its hash
/// before doing the same thing again in another way.
/// </summary>
public sealed class TransactionOutcomeUnknownException : EthereumException
{
    /// <summary>The unknown outcome of that transaction.</summary>
    public TransactionOutcomeUnknownException(Bytes32 transactionHash, string reason, Exception? innerException = null)
        : base($"The outcome of transaction {transactionHash} is unknown: {reason}", innerException) => TransactionHash = transactionHash;

    /// <summary>The transaction.</summary>
    public Bytes32 TransactionHash { get; }
}
