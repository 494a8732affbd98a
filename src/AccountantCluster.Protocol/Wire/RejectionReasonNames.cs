namespace AccountantCluster.Protocol;

/// <summary>
/// The reasons under the names that logs, metrics, gRPC and docs use: PROMISE_TOO_LOW for <see cref="RejectionReason.PromiseTooLow"/>.
/// </summary>
public static class RejectionReasonNames
{
    /// <summary>The reason's name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not one of the closed set.</exception>
    public static string ToName(this RejectionReason reason) => ReasonNames.Of(reason);

    /// <summary>The reason with that name; false when there is none.</summary>
    public static bool TryParse(string? name, out RejectionReason reason) => ReasonNames.TryParse(name, out reason);
}
