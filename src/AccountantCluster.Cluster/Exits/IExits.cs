using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>The way into the cluster for consumers that leave with the operator's consent (protocol §6, ConsentExit).</summary>
public interface IExits
{
    /// <summary>
    /// Asks the operator to sign an exit. The caller has verified that the consumer whose channel it is signed the very same. Where the
    /// answer has a signature, the amount is off deposited durably, until a confirmed block says that it was paid or its deadline has
    /// passed. Never throws for what a caller sent; where the outcome is not known within <paramref name="deadline"/> the reason is
    /// <see cref="RejectionReason.OutcomeUnknown"/>, and asking again is harmless: the same exit gets the same signature.
    /// </summary>
    /// <param name="channel">Address of the consumer channel, derived, never taken from the wire.</param>
    /// <param name="consent">What the consumer signed.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="cancellation">The caller has gone.</param>
    Task<ConsentAnswer> ConsentAsync(Address channel, ExitConsent consent, TimeSpan deadline, CancellationToken cancellation);
}
