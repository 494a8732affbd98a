using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>
/// Asks a channel to stop, because it is idle or its shard moves. A message like any other, so that it waits for a write in progress, which
/// a poison pill would overtake. Never leaves the node.
/// </summary>
internal sealed class StopChannel : INoSerializationVerificationNeeded
{
    public static StopChannel Instance { get; } = new();

    private StopChannel()
    {
    }
}
