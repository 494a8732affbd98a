using Grpc.Core;

namespace AccountantCluster.Edge;

/// <summary>The way in for consumers that are not registered yet.</summary>
internal sealed class OpeningGrpcService(OpeningProcessor openings) : Wire.OpeningService.OpeningServiceBase
{
    /// <inheritdoc/>
    public override Task<Wire.OpenChannelResponse> OpenChannel(Wire.OpenChannelRequest request, ServerCallContext context) =>
        openings.ProcessAsync(request, context.CancellationToken);
}
