using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>A channel's own alarm clock: time to send what the other side has not acknowledged.</summary>
internal sealed class RedeliveryDue : INoSerializationVerificationNeeded
{
    public static RedeliveryDue Instance { get; } = new();

    private RedeliveryDue()
    {
    }
}
