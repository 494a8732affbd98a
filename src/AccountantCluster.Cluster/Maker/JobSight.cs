using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>What one look at an open job showed.</summary>
/// <param name="Id">The job.</param>
/// <param name="Standing">Where it stands; null where nothing could be learnt.</param>
/// <param name="Outcome">What became of it; null while it is under way.</param>
/// <param name="Earned">What its transaction brought, in token base units.</param>
internal sealed record JobSight(Bytes32 Id, JobStanding? Standing, JobOutcome? Outcome, Amount Earned = default);
