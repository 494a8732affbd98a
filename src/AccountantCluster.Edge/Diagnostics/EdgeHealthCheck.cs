using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AccountantCluster.Edge;

/// <summary>Whether this edge should be sent more work: not while it stops, and not while signatures queue up.</summary>
internal sealed class EdgeHealthCheck(VerificationPool pool, EdgeLimits limits, IHostApplicationLifetime lifetime) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested) return HealthCheckResult.Unhealthy("stopping");
        // A batch that fits nowhere is near; degraded still serves.
        return pool.Waiting > limits.VerificationQueue - limits.PromisesPerBatch
            ? HealthCheckResult.Degraded("the verification queue is full")
            : HealthCheckResult.Healthy();
    }
}
