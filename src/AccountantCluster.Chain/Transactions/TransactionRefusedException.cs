namespace AccountantCluster.Chain;

/// <summary>
/// A transaction was not sent because it would cost more than <see cref="TransactionSenderOptions"/> allow. No nonce was used.
/// </summary>
public sealed class TransactionRefusedException : EthereumException
{
    /// <summary>A refusal with that message.</summary>
    public TransactionRefusedException(string message)
        : base(message)
    {
    }
}
