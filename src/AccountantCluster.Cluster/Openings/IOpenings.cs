using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>The way into the cluster for consumers that pay before their registration is mined (protocol §4, paper §4.7).</summary>
public interface IOpenings
{
    /// <summary>
    /// Holds a registration. The caller has verified that the consumer signed it, for this accountant in its registry, and looked whether
    /// the tokens are there: each one that gets here is stored. What may be spent on it is granted once a confirmed block has the tokens;
    /// ask again until then. Never throws for what a caller sent; where the outcome is not known within <paramref name="deadline"/> the
    /// reason is <see cref="RejectionReason.OutcomeUnknown"/>, and asking again is harmless.
    /// </summary>
    /// <param name="channel">Address of the consumer channel, derived, never taken from the wire.</param>
    /// <param name="opening">The registration.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="cancellation">The caller has gone.</param>
    Task<OpeningAnswer> HoldAsync(Address channel, Opening opening, TimeSpan deadline, CancellationToken cancellation);
}
