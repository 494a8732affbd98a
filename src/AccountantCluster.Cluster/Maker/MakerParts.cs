namespace AccountantCluster.Cluster;

/// <summary>What a <see cref="MakerActor"/> works with.</summary>
/// <param name="Options">The operator's choice.</param>
/// <param name="Port">Where it says that it is here.</param>
/// <param name="Lanes">Starts its lane.</param>
/// <param name="Pricing">Makes quotes.</param>
/// <param name="Clerk">Looks at what clients bring.</param>
/// <param name="Follower">Takes jobs further.</param>
/// <param name="Metrics">Counts.</param>
internal sealed record MakerParts(
    MakerOptions Options,
    MakerPort Port,
    LaneFactory Lanes,
    JobPricing Pricing,
    JobClerk Clerk,
    JobFollower Follower,
    MakerMetrics Metrics);
