using AccountantCluster.Cluster;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AccountantCluster.Edge;

/// <summary>
/// Whether this edge should be sent more work: not while it stops, and not while its node is no member that reaches the channels.
/// </summary>
internal sealed class EdgeHealthCheck(VerificationPool pool, EdgeLimits limits, Drain drain, INodeStanding standing) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (drain.Stopping.IsCancellationRequested) return HealthCheckResult.Unhealthy("stopping");
        if (!standing.IsReady) return HealthCheckResult.Unhealthy("no member that reaches the channels");
        // A batch that fits nowhere is near; degraded still serves.
        return pool.Waiting > limits.VerificationQueue - limits.PromisesPerBatch
            ? HealthCheckResult.Degraded("the verification queue is full")
            : HealthCheckResult.Healthy();
    }
}
