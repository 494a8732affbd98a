using AccountantCluster.Chain;

namespace AccountantCluster.Cluster;

/// <summary>Whose signatures settle on chain for this accountant: what it is held to, whichever of its keys gave it.</summary>
public interface IOperators
{
    /// <summary>Whether a key is an operator's, by the accountant's contract.</summary>
    /// <param name="signer">The key's address.</param>
    /// <param name="cancellation">The caller has gone.</param>
    /// <exception cref="EthereumException">The chain does not say; ask again.</exception>
    Task<bool> IsOperatorAsync(Address signer, CancellationToken cancellation);
}
