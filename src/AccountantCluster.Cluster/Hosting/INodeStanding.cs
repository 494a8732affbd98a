namespace AccountantCluster.Cluster;

/// <summary>Where this node stands in its cluster. Safe for concurrent use.</summary>
public interface INodeStanding
{
    /// <summary>
    /// Whether the node should be sent work: it is a member and up, and its ways to the channels lead somewhere. False for good as soon as
    /// it begins to leave or to end, whatever the reason.
    /// </summary>
    bool IsReady { get; }

    /// <summary>Done once <see cref="IsReady"/> for the first time; never, where the node ends before.</summary>
    Task WhenReady { get; }

    /// <summary>
    /// Whether the node ended, or is about to, without having been told to: the others went on without it, or there is another cluster now.
    /// Then its process ends with an exit code that is not zero, so that whoever runs it starts it again.
    /// </summary>
    bool HasFailed { get; }
}
