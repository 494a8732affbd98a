using Grpc.Core;

namespace AccountantCluster.Edge;

/// <summary>The way back of what providers kept, after the accountant's books were restored from an old backup.</summary>
internal sealed class RecoveryGrpcService(UnarySessions sessions, EvidenceProcessor evidence) : Wire.RecoveryService.RecoveryServiceBase
{
    /// <inheritdoc/>
    public override Task<Wire.SubmitEvidenceResponse> SubmitEvidence(Wire.SubmitEvidenceRequest request, ServerCallContext context) =>
        sessions.RunAsync(
            request.Session, caller => evidence.ProcessAsync(caller, request, context.CancellationToken), context.CancellationToken);
}
