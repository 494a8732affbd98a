using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>The node stops, because another cluster than its own keeps the channels now, or because it found none to join.</summary>
internal sealed class FormationLostReason : CoordinatedShutdown.Reason
{
    public static FormationLostReason Instance { get; } = new();

    private FormationLostReason()
    {
    }

    /// <summary>Not the end of an orderly stop: whoever runs the node starts it again.</summary>
    public override int ExitCode => 1;
}
