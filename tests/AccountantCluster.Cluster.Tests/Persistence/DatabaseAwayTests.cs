using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A PostgreSQL that was away for a while.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    // More than the failures after which a circuit breaker opens by default; it would stay open for longer than this.
    private const int Channels = 30;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortDeadline = TimeSpan.FromSeconds(5);

    private readonly TestProvider _provider = new();
    private readonly List<TestConsumer> _consumers = [.. Enumerable.Range(0, Channels).Select(_ => new TestConsumer())];
    private PostgreSqlStore _store = null!;

    public async Task InitializeAsync() => _store = await PostgreSqlStore.StartAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task As_soon_as_it_is_back_channels_that_could_not_wake_are_awake()
    {
        await using (var before = await ClusterUnderTest.StartAsync(_store.Options, new NodeOptions()))
        {
            await Task.WhenAll(_consumers.Select(consumer => before.DepositAsync(consumer, 1_000)));
            await before.StopAsync();
        }
        await using var node = await ClusterUnderTest.StartAsync(_store.Options, new NodeOptions());
        await node.Standing.WhenReady.WaitAsync(Accountant.Deadline);

        await _store.Server.StopAsync(UnixSignal.Interrupt);
        var unknown = await Task.WhenAll(
            _consumers.Select(consumer => node.Exchange.GetConsumerAsync(consumer.Channel, ShortDeadline, default)));
        Assert.All(unknown, Assert.Null);
        await _store.Server.StartAgainAsync();

        var batch = _provider.Batch(
            [.. _consumers.Select(consumer => consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100))]);
        var answer = await node.Exchange.ExchangeAsync(batch, Deadline, default);
        Assert.All(answer.Promises, outcome => Assert.Equal(RejectionReason.None, outcome.Reason));
        Assert.True(_provider.Accepts(answer.Promise!.Value));
        Assert.Equal(new Amount(Channels * 100), (await node.DescribeAsync(_provider)).Gross);
    }
}
