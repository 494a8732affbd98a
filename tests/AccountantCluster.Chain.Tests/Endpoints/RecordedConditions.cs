namespace AccountantCluster.Chain.Tests.Endpoints;

/// <summary>Writes down what a pool tells of its endpoints.</summary>
internal sealed class RecordedConditions : IEndpointObserver
{
    private readonly Lock _lock = new();

    public List<string> Failures { get; } = [];

    public List<string> Disagreements { get; } = [];

    public Dictionary<string, ulong> Lags { get; } = [];

    public List<(string Endpoint, EndpointCondition Condition)> Changes { get; } = [];

    void IEndpointObserver.Failed(string endpoint)
    {
        lock (_lock) Failures.Add(endpoint);
    }

    void IEndpointObserver.Disagreed(string endpoint)
    {
        lock (_lock) Disagreements.Add(endpoint);
    }

    void IEndpointObserver.Lags(string endpoint, ulong blocks)
    {
        lock (_lock) Lags[endpoint] = blocks;
    }

    void IEndpointObserver.Changed(string endpoint, EndpointCondition condition, string why)
    {
        lock (_lock) Changes.Add((endpoint, condition));
    }
}
