using AccountantCluster.Protocol;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Edge;

/// <summary>
/// Around every call: names the failures that happen before a method is reached (an interceptor would come too late for a request that
/// cannot be parsed), counts refusals, cuts off what a node that stops no longer waits for, and logs what nobody
/// expected. The gRPC library's own error logs are off, because any stranger could
/// fill them with stack traces.
/// </summary>
internal sealed class CallGuard(EdgeLimits limits, EdgeMetrics metrics, Drain drain, ILogger<CallGuard> logger)
{
    private static readonly object BadCalls = new();

    private readonly Lock _counting = new();

    /// <summary>Wraps an endpoint of a gRPC service.</summary>
    public void Wrap(EndpointBuilder endpoint)
    {
        var call = endpoint.RequestDelegate ?? throw new InvalidOperationException("The endpoint has no handler.");
        endpoint.RequestDelegate = async http =>
        {
            using var cutOff = drain.Over.Register(http.Abort);
            await call(http);
            if (http.Features.Get<IServerCallContextFeature>()?.ServerCallContext is { Status.StatusCode: not StatusCode.OK } context)
                Examine(http, context);
        };
    }

    private void Examine(HttpContext http, ServerCallContext context)
    {
        if (context.ResponseTrailers.GetValue(Wire.ReasonTrailer.Name) is { } reason)
        {
            metrics.Refused(reason);
            Count(http, reason);
            return;
        }
        // The caller went away: nobody is left to be told, and nothing is wrong here.
        if (context.CancellationToken.IsCancellationRequested) return;

        var failure = context.Status.DebugException ?? new RpcException(context.Status);
        if (Refusal.OfUnreadable(failure) is { } refusal)
            Rename(http, refusal);
        else
            logger.LogError(failure, "{Method} failed unexpectedly.", context.Method);
    }

    // What is on its way on the connection is still answered; nothing new is taken.
    private void Count(HttpContext http, string reason)
    {
        if (reason != RejectionReason.Malformed.ToName() && reason != RejectionReason.Unauthenticated.ToName()) return;
        if (http.Features.Get<IConnectionItemsFeature>() is not { } connection) return;
        int count;
        lock (_counting)
        {
            count = connection.Items.TryGetValue(BadCalls, out var known) ? (int)known! + 1 : 1;
            connection.Items[BadCalls] = count;
        }
        if (count >= limits.BadCallsPerConnection) http.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }

    private void Rename(HttpContext http, RpcException refusal)
    {
        var reason = refusal.Trailers.GetValue(Wire.ReasonTrailer.Name)!;
        metrics.Refused(reason);
        Count(http, reason);
        // Before the first byte of a response, its trailers still stand among the headers.
        if (http.Response.HasStarted) return;
        http.Response.Headers["grpc-status"] = ((int)refusal.StatusCode).ToString();
        http.Response.Headers["grpc-message"] = refusal.Status.Detail;
        http.Response.Headers[Wire.ReasonTrailer.Name] = reason;
    }
}
