using AccountantCluster.Chain;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>Counts how the node's Ethereum endpoints do, and says when that changes; nothing where there is only one.</summary>
internal sealed class EndpointWatch(IEthereumClient client, ClusterMetrics metrics, ILogger<EndpointWatch> logger)
    : IHostedService, IEndpointObserver
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        (client as EndpointPool)?.Observe(this);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Failed(string endpoint) => metrics.EndpointFailed(endpoint);

    /// <inheritdoc/>
    public void Disagreed(string endpoint) => metrics.EndpointDisagreed(endpoint);

    /// <inheritdoc/>
    public void Lags(string endpoint, ulong blocks) => metrics.EndpointLags(endpoint, blocks);

    /// <inheritdoc/>
    public void Changed(string endpoint, EndpointCondition condition, string why) => logger.Log(
        condition == EndpointCondition.Good ? LogLevel.Information : LogLevel.Warning,
        "Ethereum endpoint {Endpoint} is {Condition}: {Why}.",
        endpoint,
        condition switch
        {
            EndpointCondition.Good => "good",
            EndpointCondition.Unavailable => "unavailable",
            EndpointCondition.Lagging => "lagging",
            _ => "disagreeing",
        },
        why.TrimEnd('.'));
}
