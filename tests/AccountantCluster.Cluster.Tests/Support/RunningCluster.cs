namespace AccountantCluster.Cluster.Tests;

/// <summary>One node for all tests of a class; each has channels of its own.</summary>
public sealed class RunningCluster : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal ClusterUnderTest Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await ClusterUnderTest.StartAsync(_folder.Path);

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    public void Dispose() => _folder.Dispose();
}
