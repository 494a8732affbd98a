using AccountantCluster.Protocol;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Nodes that do not all do the same.</summary>
public sealed class RolesTests : IAsyncLifetime
{
    private PostgreSqlStore _store = null!;

    public async Task InitializeAsync() => _store = await PostgreSqlStore.StartAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_node_without_channels_hosts_none_and_reaches_all()
    {
        // The edge begins the cluster: even as its oldest and only member it is given nothing to keep.
        await using var edge = await ClusterUnderTest.StartAsync(_store.Options, new NodeOptions { Roles = [NodeRoles.Edge] });
        await Eventually.BecomesAsync(() => Task.FromResult(edge.MembersUp), up => up == 1);
        Assert.False(edge.Standing.IsReady);
        await using var keeper = await ClusterUnderTest.StartAsync(
            _store.Options, new NodeOptions { Roles = [NodeRoles.Channels, NodeRoles.Settlement] });
        await using var other = await ClusterUnderTest.StartAsync(_store.Options, new NodeOptions { Roles = [NodeRoles.Channels] });
        await using var signer = await ClusterUnderTest.StartAsync(_store.Options, new NodeOptions { Roles = [NodeRoles.Signer] });
        ClusterUnderTest[] all = [edge, keeper, other, signer];
        foreach (var node in all) await node.Standing.WhenReady.WaitAsync(Accountant.Deadline);
        await Eventually.BecomesAsync(() => Entities.RegionsAsync(edge.Consumers), regions => regions == 2);

        var provider = new TestProvider();
        var consumers = Enumerable.Range(0, 40).Select(_ => new TestConsumer()).ToList();
        await Task.WhenAll(consumers.Select(consumer => edge.DepositAsync(consumer, 1_000)));
        var batch = provider.Batch([.. consumers.Select(consumer => consumer.Promise(100, provider.Hashlock(0), provider, total: 100))]);
        var answer = await edge.ExchangeAsync(batch);

        Assert.All(answer.Promises, outcome => Assert.Equal(RejectionReason.None, outcome.Reason));
        Assert.True(provider.Accepts(answer.Promise!.Value));
        foreach (var keepsNone in new[] { edge, signer })
            Assert.Equal(0, await Entities.CountAsync(keepsNone.Consumers) + await Entities.CountAsync(keepsNone.Providers));
        Assert.NotEqual(0, await Entities.CountAsync(keeper.Consumers));
        Assert.NotEqual(0, await Entities.CountAsync(other.Consumers));
        Assert.Equal(1, await Entities.CountAsync(keeper.Providers) + await Entities.CountAsync(other.Providers));
        Assert.Equal(new Amount(40 * 100), (await keeper.DescribeAsync(provider)).Gross);
        Assert.Equal(["edge"], AkkaCluster.Get(edge.System).SelfMember.Roles);
    }
}
