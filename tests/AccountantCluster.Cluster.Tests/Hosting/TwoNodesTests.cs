using AccountantCluster.Protocol;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Two nodes over one PostgreSQL: every message really crosses between them, and one goes on without the other.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    // The defaults wait for half a minute before a lost node is given up.
    private const string Hasty = """
        akka.cluster.split-brain-resolver.stable-after = 2s
        akka.cluster.failure-detector.acceptable-heartbeat-pause = 2s
        """;

    private PostgreSqlStore _store = null!;

    public async Task InitializeAsync() => _store = await PostgreSqlStore.StartAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_batch_crosses_nodes_and_survives_one_of_them()
    {
        await using var one = await ClusterUnderTest.StartAsync(_store.Options, new NodeOptions(), Hasty);
        await using var other = await ClusterUnderTest.StartAsync(_store.Options, new NodeOptions(), Hasty);
        await Eventually.BecomesAsync(() => Task.FromResult(one.MembersUp), up => up == 2);
        await Eventually.BecomesAsync(() => Task.FromResult(other.MembersUp), up => up == 2);
        // Shards are given to the nodes whose region has said that it is there.
        await Eventually.BecomesAsync(() => Entities.RegionsAsync(one.Consumers), regions => regions == 2);

        var provider = new TestProvider();
        var consumers = Enumerable.Range(0, 60).Select(_ => new TestConsumer()).ToList();
        await Task.WhenAll(consumers.Select(consumer => one.DepositAsync(consumer, 1_000)));
        Assert.NotEqual(0, await Entities.CountAsync(one.Consumers));
        Assert.NotEqual(0, await Entities.CountAsync(other.Consumers));
        var first = provider.Batch([.. consumers.Select(consumer => consumer.Promise(100, provider.Hashlock(0), provider, total: 100))]);
        var second = provider.Batch([.. consumers.Select(consumer => consumer.Promise(200, provider.Hashlock(1), provider, total: 200))]);

        var answers = new[] { await one.ExchangeAsync(first), await other.ExchangeAsync(second) };

        Assert.All(answers.SelectMany(answer => answer.Promises), outcome => Assert.Equal(RejectionReason.None, outcome.Reason));
        Assert.All(answers, answer => Assert.True(provider.Accepts(answer.Promise!.Value)));
        Assert.Equal(new Amount(60 * 200 * 9_750 / 10_000), answers[1].Promised);

        // Of two nodes the one with the lower address is the majority.
        var lower = AkkaCluster.Get(one.System).State.Members.Min!.Address;
        var (stays, goes) = AkkaCluster.Get(one.System).SelfAddress == lower ? (one, other) : (other, one);
        await goes.CrashAsync();
        await Eventually.BecomesAsync(() => Task.FromResult(AkkaCluster.Get(stays.System).State.Members.Count), members => members == 1);

        var retried = await Eventually.BecomesAsync(() => stays.ExchangeAsync(second), answer => answer.Promise is not null);
        Assert.Equal(answers[1].Promise, retried.Promise);
        Assert.Equal(new Amount(60 * 200), (await stays.DescribeAsync(provider)).Gross);
    }
}
