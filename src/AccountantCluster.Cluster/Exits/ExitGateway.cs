using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary><see cref="IExits"/> over the shard regions.</summary>
internal sealed class ExitGateway(ChannelQuestions questions) : IExits
{
    /// <inheritdoc/>
    public async Task<ConsentAnswer> ConsentAsync(
        Address channel, ExitConsent consent, TimeSpan deadline, CancellationToken cancellation)
    {
        var answer = await questions.AskAsync<ExitConsented>(new ConsentToExit(channel, consent), deadline, cancellation);
        return answer is { } known
            ? new ConsentAnswer(known.Reason, known.Signature)
            : new ConsentAnswer(RejectionReason.OutcomeUnknown, Signature: null);
    }
}
