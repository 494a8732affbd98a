using Grpc.Core;

namespace AccountantCluster.Edge;

/// <summary>The way out for consumers, with the operator's consent.</summary>
internal sealed class ExitGrpcService(UnarySessions sessions, ConsentProcessor consents) : Wire.ExitService.ExitServiceBase
{
    /// <inheritdoc/>
    public override Task<Wire.ConsentToExitResponse> ConsentToExit(Wire.ConsentToExitRequest request, ServerCallContext context) =>
        sessions.RunAsync(
            request.Session, caller => consents.ProcessAsync(caller, request, context.CancellationToken), context.CancellationToken);
}
