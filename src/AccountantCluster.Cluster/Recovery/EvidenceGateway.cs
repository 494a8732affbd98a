using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary><see cref="IEvidence"/> over the shard regions.</summary>
internal sealed class EvidenceGateway(ChannelQuestions questions) : IEvidence
{
    /// <inheritdoc/>
    public async Task<RejectionReason> ProveTotalAsync(
        Address provider, ProviderPromise promise, Preimage r, TimeSpan deadline, CancellationToken cancellation)
    {
        var message = new ProveTotal(provider, promise.Amount, promise.Hashlock, r);
        return ReasonOf(await questions.AskAsync<EvidenceTaken>(message, deadline, cancellation));
    }

    /// <inheritdoc/>
    public async Task<RejectionReason> ProvePromiseAsync(
        VerifiedPromise promise, Preimage r, TimeSpan deadline, CancellationToken cancellation)
    {
        var message = new ProvePromise(promise.Channel, promise, r);
        return ReasonOf(await questions.AskAsync<EvidenceTaken>(message, deadline, cancellation));
    }

    private static RejectionReason ReasonOf(EvidenceTaken? answer) => answer?.Reason ?? RejectionReason.OutcomeUnknown;
}
