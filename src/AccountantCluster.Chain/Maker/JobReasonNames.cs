using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// The reasons under the names that logs, metrics, gRPC and docs use: WOULD_REVERT for <see cref="JobReason.WouldRevert"/>.
/// </summary>
public static class JobReasonNames
{
    /// <summary>The reason's name.</summary>
    public static string ToName(this JobReason reason) => ReasonNames.Of(reason);
}
