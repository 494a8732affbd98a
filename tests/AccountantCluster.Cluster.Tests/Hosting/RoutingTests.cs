using AccountantCluster.Protocol;
using Akka.Actor;
using Akka.Cluster.Sharding;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// Which way a batch's promises take between nodes, also where the node that sends them is mistaken, and while shards move.
/// </summary>
public sealed class RoutingTests : IAsyncLifetime, IDisposable
{
    // By default a lost node is given up after half a minute, and shards are moved every ten seconds.
    private const string Hasty = """
        akka.cluster.split-brain-resolver.stable-after = 2s
        akka.cluster.failure-detector.acceptable-heartbeat-pause = 2s
        akka.cluster.sharding.rebalance-interval = 1s
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _provider = new();
    private PostgreSqlStore _store = null!;

    public async Task InitializeAsync() => _store = await PostgreSqlStore.StartAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Promises_stay_here_or_cross_together_and_a_mistaken_belief_costs_no_answer()
    {
        await using var one = await ClusterUnderTest.StartAsync(_store.Options, new NodeOptions(), Hasty);
        await using var other = await ClusterUnderTest.StartAsync(_store.Options, new NodeOptions(), Hasty);
        await HaveMetAsync(one, other);
        var consumers = Enumerable.Range(0, 60).Select(_ => new TestConsumer()).ToList();
        await Task.WhenAll(consumers.Select(consumer => one.DepositAsync(consumer, 1_000)));

        // Nothing is known of them yet.
        var first = await PayAsync(one, consumers, window: 0);
        Assert.Equal((60, 0), (first.Sum, first.Enveloped));
        // From the first answers all is known.
        var second = await PayAsync(one, consumers, window: 1);
        Assert.Equal((first.Local, first.Alone, 0), (second.Local, second.Enveloped, second.Alone));
        Assert.NotEqual(0, second.Local);
        Assert.NotEqual(0, second.Enveloped);

        // Also those that live here are believed to live there, and it sends them back.
        var path = new RootActorPath(AkkaCluster.Get(other.System).SelfAddress) / "user" / ChannelIntake.Name;
        var there = await one.System.ActorSelection(path).ResolveOne(Accountant.Deadline);
        foreach (var consumer in consumers) one.Homes.Learn(consumer.Channel, there);
        var third = await PayAsync(one, consumers, window: 2);
        Assert.Equal(second, third);
        Assert.Equal(second.Local, consumers.Count(consumer => one.Homes.Find(consumer.Channel) is null));

        // Nobody is there: one repetition later everything is answered, and the belief is given up.
        var nowhere = ((ExtendedActorSystem)one.System).Provider.ResolveActorRef("akka.tcp://accountant@127.0.0.1:1/user/nobody");
        foreach (var consumer in consumers) one.Homes.Learn(consumer.Channel, nowhere);
        var fourth = await PayAsync(one, consumers, window: 3);
        Assert.Equal((60, 0), (fourth.Sum, fourth.Enveloped));

        await other.CrashAsync();
        await Eventually.BecomesAsync(
            () => Task.FromResult(consumers.Count(consumer => one.Homes.Find(consumer.Channel) is not null)), beliefs => beliefs == 0);
    }

    [Fact]
    public async Task What_is_acknowledged_while_a_node_comes_and_goes_is_in_the_journal_once()
    {
        var acknowledged = new Acknowledged();
        var consumers = Enumerable.Range(0, 20).Select(_ => new PayingConsumer(10_000_000)).ToList();
        var dice = new Dice(11);
        var providers = Enumerable.Range(0, 4).Select(_ => new PaidProvider(consumers, dice.Split())).ToList();
        await using (var one = await ClusterUnderTest.StartAsync(_store.Options, new NodeOptions(), Hasty))
        {
            await Task.WhenAll(consumers.Select(paying => one.DepositAsync(paying.Consumer, paying.Deposit)));
            using var stop = new CancellationTokenSource();
            var traffic = Task.WhenAll(
                providers.Select(provider => provider.RunAsync(one, windows: 10_000, acknowledged.Add, stop.Token)));

            await using (var other = await ClusterUnderTest.StartAsync(_store.Options, new NodeOptions(), Hasty))
            {
                await HaveMetAsync(one, other);
                await Eventually.BecomesAsync(() => CountEntitiesAsync(other), entities => entities > 5);
                await GoesOnAsync(acknowledged);
                await other.StopAsync();
            }
            await Eventually.BecomesAsync(() => Task.FromResult(one.MembersUp), up => up == 1);
            await GoesOnAsync(acknowledged);
            Assert.False(traffic.IsCompleted);
            await stop.CancelAsync();
            await traffic;
            // What was interrupted or is unknown: asked again, it is answered.
            await Task.WhenAll(providers.Select(provider => provider.FinishAsync(one, acknowledged.Add)));
            Assert.Empty(providers.SelectMany(provider => provider.Refusals));
            await one.CrashAsync();
        }

        await using var reader = await ClusterUnderTest.StartTwinAsync(_store.Options, _folder.Path);
        foreach (var paying in consumers)
        {
            var credited = providers.Select(paid => acknowledged.Total(paying.Consumer, paid.Provider));
            Assert.Equal(Sum(credited), (await reader.DescribeAsync(paying.Consumer)).Credited);
        }
        foreach (var paid in providers)
        {
            var overview = await reader.DescribeAsync(paid.Provider);
            Assert.Equal(Sum(consumers.Select(paying => acknowledged.Total(paying.Consumer, paid.Provider))), overview.Gross);
            Assert.Equal(acknowledged.Signed(paid.Provider), overview.Promised);
        }
    }

    private static Amount Sum(IEnumerable<Amount> amounts) => amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);

    private static async Task GoesOnAsync(Acknowledged acknowledged)
    {
        var before = acknowledged.Promises;
        await Eventually.BecomesAsync(() => Task.FromResult(acknowledged.Promises), promises => promises > before + 100);
    }

    private static async Task HaveMetAsync(ClusterUnderTest one, ClusterUnderTest other)
    {
        await Eventually.BecomesAsync(() => Task.FromResult((one.MembersUp, other.MembersUp)), up => up == (2, 2));
        // Shards are given to the nodes whose region has said that it is there.
        foreach (var region in new[] { one.Consumers, one.Providers })
            await Eventually.BecomesAsync(
                () => region.Ask<CurrentRegions>(GetCurrentRegions.Instance, Accountant.Deadline), regions => regions.Regions.Count == 2);
    }

    private static async Task<int> CountEntitiesAsync(ClusterUnderTest node)
    {
        var state = await node.Consumers.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Accountant.Deadline);
        return state.Shards.Sum(shard => shard.EntityIds.Count);
    }

    // How the next payment of all of them was answered.
    private async Task<OffersAnswered> PayAsync(ClusterUnderTest node, IReadOnlyList<TestConsumer> consumers, uint window)
    {
        var before = node.Metrics.OffersAnswered;
        var total = 10 * (window + 1);
        var answer = await node.ExchangeAsync(_provider.Batch(
            [.. consumers.Select(consumer => consumer.Promise(total, _provider.Hashlock(window), _provider, total))]));
        Assert.All(answer.Promises, outcome => Assert.Equal(RejectionReason.None, outcome.Reason));
        Assert.True(_provider.Accepts(answer.Promise!.Value));
        return node.Metrics.OffersAnswered - before;
    }
}
