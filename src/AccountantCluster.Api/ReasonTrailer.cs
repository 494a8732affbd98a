namespace AccountantCluster.Api.V1;

/// <summary>
/// A call that fails as a whole says why twice: with a gRPC status, for every client, and with this trailer, which carries a reason of the
/// closed set by its name, such as UNAUTHENTICATED.
/// </summary>
public static class ReasonTrailer
{
    /// <summary>The trailer's key.</summary>
    public const string Name = "accountant-reason";
}
