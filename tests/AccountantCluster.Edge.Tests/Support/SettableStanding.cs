using AccountantCluster.Cluster;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>A node that stands where a test says.</summary>
internal sealed class SettableStanding : INodeStanding
{
    public bool IsReady { get; set; } = true;

    public Task WhenReady => Task.CompletedTask;

    public bool HasFailed => false;
}
