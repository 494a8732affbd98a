using Akka.Actor;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Whether a node should be sent work, and how it ends.</summary>
public sealed class NodeStandingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_node_is_ready_once_it_reaches_channels_and_no_longer_when_it_is_told_to_stop()
    {
        await using var node = await ClusterUnderTest.StartAsync(_folder.Path);
        await node.Standing.WhenReady.WaitAsync(Accountant.Deadline);
        Assert.True(node.Standing.IsReady);

        await node.StopAsync();

        Assert.False(node.Standing.IsReady);
        Assert.False(node.Standing.HasFailed);
    }

    [Fact]
    public async Task A_node_that_was_given_up_ends_its_host_and_calls_it_a_failure()
    {
        await using var node = await ClusterUnderTest.StartAsync(_folder.Path);
        await node.Standing.WhenReady.WaitAsync(Accountant.Deadline);
        var cluster = AkkaCluster.Get(node.System);

        cluster.Down(cluster.SelfAddress);

        await Eventually.BecomesAsync(() => Task.FromResult(node.HostStops), stops => stops);
        Assert.True(node.Standing.HasFailed);
        Assert.False(node.Standing.IsReady);
        await node.System.WhenTerminated.WaitAsync(Accountant.Deadline);
    }

    [Fact]
    public async Task A_host_is_given_as_long_to_stop_as_the_phases_may_take()
    {
        await using var node = await ClusterUnderTest.StartAsync(_folder.Path);
        var phases = CoordinatedShutdown.Get(node.System).TotalTimeout;

        Assert.True(phases <= AccountantClusterExtensions.ShutdownDeadline, $"{phases}");
    }

    [Fact]
    public async Task A_node_is_known_by_its_public_address()
    {
        var options = new NodeOptions { PublicHost = "localhost", PublicPort = 4_711 };
        await using var node = await ClusterUnderTest.StartAsync(new StoreOptions.Sqlite(_folder.Path), options);
        await node.Standing.WhenReady.WaitAsync(Accountant.Deadline);

        Assert.Equal("akka.tcp://accountant@localhost:4711", AkkaCluster.Get(node.System).SelfAddress.ToString());
    }
}
