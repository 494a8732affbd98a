namespace AccountantCluster.Cluster;

/// <summary><see cref="IChannelControl"/> over the shard regions.</summary>
internal sealed class ChannelControl(ChannelQuestions questions) : IChannelControl
{
    /// <inheritdoc/>
    public async Task<bool> FreezeConsumerChannelAsync(
        Address channel, bool frozen, TimeSpan deadline, CancellationToken cancellation) =>
        await questions.AskAsync<Observed>(new FreezeConsumerChannel(channel, frozen), deadline, cancellation) is not null;
}
