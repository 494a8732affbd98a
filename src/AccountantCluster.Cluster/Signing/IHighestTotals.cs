using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// The highest total that a signer put its key to, per provider: the memory that does not go back in time when the books do (protocol §4,
/// restore from an old backup). Safe for concurrent use.
/// </summary>
public interface IHighestTotals
{
    /// <summary>
    /// Raises a provider's highest total. Whether it falls is judged before this returns, in the order of the calls. True: the total is the
    /// highest, and remembered as durably as this memory is. False: a higher one was signed before.
    /// </summary>
    /// <exception cref="InvalidOperationException">It could not be remembered, so nothing may be signed; asking again is harmless.</exception>
    Task<bool> TryRaiseAsync(Address provider, Amount total);
}
