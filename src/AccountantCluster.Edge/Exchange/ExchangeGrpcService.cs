using Grpc.Core;

namespace AccountantCluster.Edge;

/// <summary>The methods of accountant.v1: each hands over to what does the work.</summary>
internal sealed class ExchangeGrpcService(StreamServices services, UnaryCalls calls) : Wire.ExchangeService.ExchangeServiceBase
{
    /// <inheritdoc/>
    public override Task<Wire.GetTermsResponse> GetTerms(Wire.GetTermsRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.GetTermsResponse { Terms = services.Terms.ToWire() });

    /// <inheritdoc/>
    public override async Task ExchangeStream(
        IAsyncStreamReader<Wire.ExchangeStreamRequest> requestStream,
        IServerStreamWriter<Wire.ExchangeStreamResponse> responseStream,
        ServerCallContext context)
    {
        using var stream = new ExchangeStream(requestStream, responseStream, services, context.CancellationToken);
        await stream.RunAsync();
    }

    /// <inheritdoc/>
    public override Task<Wire.CreateChallengeResponse> CreateChallenge(Wire.CreateChallengeRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.CreateChallengeResponse { Challenge = calls.CreateChallenge().ToWire() });

    /// <inheritdoc/>
    public override Task<Wire.ExchangeResponse> Exchange(Wire.ExchangeRequest request, ServerCallContext context) =>
        calls.ExchangeAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Wire.GetChannelResponse> GetChannel(Wire.GetChannelRequest request, ServerCallContext context) =>
        calls.GetChannelAsync(request, context.CancellationToken);
}
