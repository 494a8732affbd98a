using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary><see cref="IOpenings"/> over the shard regions.</summary>
internal sealed class OpeningGateway(ChannelQuestions questions) : IOpenings
{
    /// <inheritdoc/>
    public async Task<OpeningAnswer> HoldAsync(Address channel, Opening opening, TimeSpan deadline, CancellationToken cancellation)
    {
        var answer = await questions.AskAsync<RegistrationAnswered>(new HoldRegistration(channel, opening), deadline, cancellation);
        return answer is { } known
            ? new OpeningAnswer(known.Reason, known.Spendable)
            : new OpeningAnswer(RejectionReason.OutcomeUnknown, Amount.Zero);
    }
}
