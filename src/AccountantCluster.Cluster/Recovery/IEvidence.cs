using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// The way into the cluster for what providers kept, after the accountant's books were restored from an old backup (protocol §4). Evidence
/// raises totals and never lowers one, so it may come at any time, from anybody, again and in any order.
/// </summary>
public interface IEvidence
{
    /// <summary>
    /// A promise of the accountant's. The caller has verified that an operator key, as the contract knows it, signed it for the provider's
    /// own channel. From then on no lower total is signed for the provider; the books add to it once its consumers' promises are back.
    /// None: it raised the total. <see cref="RejectionReason.AlreadyCovered"/>: no less was known.
    /// <see cref="RejectionReason.OutcomeUnknown"/>: nobody can say within the deadline; say it again.
    /// </summary>
    /// <param name="provider">To whom it was promised.</param>
    /// <param name="promise">What was promised.</param>
    /// <param name="r">Opens its hashlock.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="cancellation">The caller has gone.</param>
    Task<RejectionReason> ProveTotalAsync(
        Address provider, ProviderPromise promise, Preimage r, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>
    /// A consumer's promise. The caller has derived the channel's address and verified the consumer's signature. It raises what is promised
    /// and what can be collected, and credits nobody: its credit is exchanged as any promise's, after this. Reasons as above, and
    /// <see cref="RejectionReason.Overspend"/>: more than was ever deposited.
    /// </summary>
    /// <param name="promise">The promise, or a cover.</param>
    /// <param name="r">Opens its hashlock.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="cancellation">The caller has gone.</param>
    Task<RejectionReason> ProvePromiseAsync(VerifiedPromise promise, Preimage r, TimeSpan deadline, CancellationToken cancellation);
}
