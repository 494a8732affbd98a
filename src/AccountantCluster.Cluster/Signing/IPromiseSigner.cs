using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// Puts an operator key's signature under totals that are durable. The last guard before money: it refuses what is lower than it has signed
/// before, whatever the channel says.
/// </summary>
public interface IPromiseSigner
{
    /// <summary>
    /// Signs a total. Returns at once; what is lower is judged in the order of the calls. Null: refused, because a higher total was signed
    /// for the provider before, as far as the signer remembers. The same total again gives the same signature.
    /// </summary>
    /// <param name="provider">Whose channel it is.</param>
    /// <param name="total">What is durable.</param>
    Task<SignedProviderPromise?> SignAsync(Address provider, SignedTotal total);

    /// <summary>Signs an exit whose amount is off deposited durably. The same exit again gives the same signature.</summary>
    /// <param name="exit">What both sides agree on.</param>
    Task<Signature> SignAsync(ConsentExit exit);
}
