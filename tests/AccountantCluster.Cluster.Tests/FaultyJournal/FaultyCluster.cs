namespace AccountantCluster.Cluster.Tests;

/// <summary>One node with a faulty journal for all tests of a class; each has channels of its own.</summary>
public sealed class FaultyCluster : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal FaultSchedule Faults { get; } = new();

    internal ClusterUnderTest Cluster { get; private set; } = null!;

    internal StoreFiles Files => new(_folder.Path);

    public async Task InitializeAsync()
    {
        Cluster = await ClusterUnderTest.StartAsync(_folder.Path, Faults);
        await Files.ExistAsync();
        Files.KeepArchive();
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    public void Dispose() => _folder.Dispose();
}
