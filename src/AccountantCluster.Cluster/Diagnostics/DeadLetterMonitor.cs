using Akka.Actor;
using Akka.Event;

namespace AccountantCluster.Cluster;

/// <summary>
/// Counts messages between channels that reached nobody. Some are lost whenever a shard moves, and are sent again; many, or ones that do
/// not stop, mean that channels cannot be reached.
/// </summary>
internal sealed class DeadLetterMonitor : ReceiveActor
{
    public DeadLetterMonitor(ClusterMetrics metrics)
    {
        Receive<AllDeadLetters>(letter =>
        {
            if (letter.Message is IChannelMessage) metrics.DeadLetter();
        });
        Receive<UnhandledMessage>(unhandled =>
        {
            if (unhandled.Message is IChannelMessage) metrics.DeadLetter();
        });
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AllDeadLetters));
        Context.System.EventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);
}
