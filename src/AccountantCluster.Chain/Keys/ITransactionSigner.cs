using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// Signs transactions with a key that it alone holds: in this process, or elsewhere. Need not give the same signature twice. Safe for
/// concurrent use.
/// </summary>
public interface ITransactionSigner
{
    /// <summary>Whose transactions they are; pays for gas.</summary>
    Address Address { get; }

    /// <summary>Signs a transaction. Whoever asks checks what comes back.</summary>
    /// <exception cref="EthereumException">It does not answer, or refuses; asking again is harmless.</exception>
    Task<Signature> SignAsync(Eip1559Transaction transaction, CancellationToken cancellation);
}
