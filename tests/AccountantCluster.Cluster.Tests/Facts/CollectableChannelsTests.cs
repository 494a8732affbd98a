using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

public sealed class CollectableChannelsTests
{
    private readonly CollectableChannels _channels = new(minimum: new Amount(100));
    private readonly TestProvider _provider = new();

    [Fact]
    public void The_largest_amounts_come_first_and_each_channel_once()
    {
        var consumers = Enumerable.Range(0, 4).Select(_ => new TestConsumer()).ToList();
        var amounts = new UInt128[] { 150, 99, 400, 200 };
        foreach (var (consumer, amount) in consumers.Zip(amounts)) Report(consumer, amount, settled: 0);
        Report(consumers[2], 400, settled: 0);

        Assert.Equal([consumers[2].Channel, consumers[3].Channel], _channels.Take(2));
        Assert.Equal([consumers[0].Channel], _channels.Take(10));
        Assert.Empty(_channels.Take(10));
    }

    [Fact]
    public void What_is_settled_is_no_longer_worth_it()
    {
        var consumer = new TestConsumer();
        Report(consumer, 400, settled: 0);
        Report(consumer, 400, settled: 350);

        Assert.Empty(_channels.Take(10));
    }

    [Fact]
    public void Nothing_is_never_worth_it()
    {
        var everything = new CollectableChannels(minimum: Amount.Zero);
        everything.Report(new Collectable(new TestConsumer().Channel, null, Amount.Zero));

        Assert.Empty(everything.Take(10));
    }

    private void Report(TestConsumer consumer, UInt128 amount, UInt128 settled)
    {
        var promise = consumer.Promise(amount, _provider.Hashlock(0), _provider, amount);
        _channels.Report(new Collectable(consumer.Channel, new SettleablePromise(promise, _provider.R(0)), new Amount(settled)));
    }
}
