using AccountantCluster.Cluster;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AccountantCluster.Edge;

/// <summary>Whether it is this node that sends transactions: of a transaction maker's nodes one does, and the others wait.</summary>
internal sealed class MakerHealthCheck(ITransactionMaker maker) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(maker.IsHere ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("another node sends transactions"));
}
