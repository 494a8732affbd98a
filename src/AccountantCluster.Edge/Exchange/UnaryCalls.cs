using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>The calls of simple clients.</summary>
internal sealed class UnaryCalls(
    EdgeLimits limits, AccountantTerms terms, IExchange exchange, UnarySessions sessions, BatchProcessor batches)
{
    /// <summary>A challenge for one call.</summary>
    public Bytes32 CreateChallenge() => sessions.CreateChallenge();

    /// <summary>One batch, one answer.</summary>
    /// <exception cref="Grpc.Core.RpcException">The session was refused, or there are too many calls.</exception>
    public Task<Wire.ExchangeResponse> ExchangeAsync(Wire.ExchangeRequest request, CancellationToken cancellation) =>
        sessions.RunAsync(request.Session, async caller =>
        {
            if (request.Batch is null) throw Refusal.Because(RejectionReason.Malformed, "no batch");
            return new Wire.ExchangeResponse { Answer = await batches.ProcessAsync(caller, request.Batch, cancellation) };
        }, cancellation);

    /// <summary>
    /// The caller's own channels: their addresses follow from the identity that signed, so nobody else's can be asked for.
    /// </summary>
    /// <exception cref="Grpc.Core.RpcException">The session was refused, there are too many calls, or a channel does not
    /// answer.</exception>
    public Task<Wire.GetChannelResponse> GetChannelAsync(Wire.GetChannelRequest request, CancellationToken cancellation) =>
        sessions.RunAsync(request.Session, async caller =>
        {
            var channel = terms.ChannelOf(caller);
            var consuming = exchange.GetConsumerAsync(channel, limits.RequestDeadline, cancellation);
            var providing = exchange.GetProviderAsync(caller, limits.RequestDeadline, cancellation);
            await Task.WhenAll(consuming, providing);
            if (await consuming is not { } consumer || await providing is not { } provider)
                throw Refusal.Because(RejectionReason.OutcomeUnknown, "a channel does not answer");
            return new Wire.GetChannelResponse
            {
                Consumer = consumer.Registered || consumer.OpeningDeadline > 0 ? consumer.ToWire(channel) : null,
                Provider = provider.ToWire(),
            };
        }, cancellation);
}
