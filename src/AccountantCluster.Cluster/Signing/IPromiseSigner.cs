using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// Puts an operator key's signature under what is durable. The last guard before money: it reads the journal itself, and refuses what is
/// not justified there or lower than it has signed before, whatever the channel says. The same thing again gives the same signature.
/// </summary>
internal interface IPromiseSigner
{
    /// <summary>Signs a total. Null: refused.</summary>
    /// <param name="provider">Whose channel it is.</param>
    /// <param name="total">What is durable.</param>
    /// <param name="number">Of the channel's last event, with which the total is the one that was authorised last.</param>
    /// <exception cref="Exception">Whether it may be signed could not be found out; asking again is harmless.</exception>
    Task<SignedProviderPromise?> SignAsync(Address provider, SignedTotal total, long number);

    /// <summary>Signs an exit whose amount is off deposited. Null: refused.</summary>
    /// <param name="channel">Address of the consumer channel.</param>
    /// <param name="consent">What both sides agree on.</param>
    /// <param name="number">Of the channel's last event, with which the exit is consented to.</param>
    /// <exception cref="Exception">Whether it may be signed could not be found out; asking again is harmless.</exception>
    Task<Signature?> SignAsync(Address channel, ExitConsent consent, long number);
}
