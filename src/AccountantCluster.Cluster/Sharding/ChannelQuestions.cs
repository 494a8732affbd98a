using Akka.Actor;
using Akka.Hosting;

namespace AccountantCluster.Cluster;

/// <summary>
/// Questions to single channels from outside of the actor system. A question goes out again while its deadline lasts, because a shard that
/// moves drops messages; all of them may be heard twice.
/// </summary>
internal sealed class ChannelQuestions(IReadOnlyActorRegistry registry, TimeProvider time)
{
    /// <summary>The answer; null when there is none within the deadline.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public Task<TAnswer?> AskAsync<TAnswer>(IConsumerChannelMessage question, TimeSpan deadline, CancellationToken cancellation)
        where TAnswer : class => AskAsync<ConsumerChannelActor, TAnswer>(question, deadline, cancellation);

    /// <inheritdoc cref="AskAsync{TAnswer}(IConsumerChannelMessage,TimeSpan,CancellationToken)"/>
    public Task<TAnswer?> AskAsync<TAnswer>(IProviderChannelMessage question, TimeSpan deadline, CancellationToken cancellation)
        where TAnswer : class => AskAsync<ProviderChannelActor, TAnswer>(question, deadline, cancellation);

    private async Task<TAnswer?> AskAsync<TRegion, TAnswer>(object question, TimeSpan deadline, CancellationToken cancellation)
        where TAnswer : class
    {
        var begin = time.GetTimestamp();
        var remaining = deadline;
        while (remaining > TimeSpan.Zero)
        {
            cancellation.ThrowIfCancellationRequested();
            var patience = remaining < ClusterLimits.AskInterval ? remaining : ClusterLimits.AskInterval;
            if (!registry.TryGet<TRegion>(out var region))
                await Task.Delay(patience, time, cancellation);
            else if (await TryAskAsync<TAnswer>(region, question, patience, cancellation) is { } answer)
                return answer;
            remaining = deadline - time.GetElapsedTime(begin);
        }
        return null;
    }

    private static async Task<TAnswer?> TryAskAsync<TAnswer>(
        IActorRef region, object question, TimeSpan patience, CancellationToken cancellation)
        where TAnswer : class
    {
        try
        {
            return await region.Ask(question, patience, cancellation) as TAnswer;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
