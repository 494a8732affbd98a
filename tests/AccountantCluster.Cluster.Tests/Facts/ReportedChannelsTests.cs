using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

public sealed class ReportedChannelsTests
{
    private readonly ReportedChannels _channels = new(minimum: new Amount(100));

    [Fact]
    public void The_largest_amounts_come_first_and_each_channel_once()
    {
        var consumers = Enumerable.Range(0, 4).Select(_ => new TestConsumer()).ToList();
        var amounts = new UInt128[] { 150, 99, 400, 200 };
        foreach (var (consumer, amount) in consumers.Zip(amounts)) Report(consumer, amount);
        Report(consumers[2], 400);

        Assert.Equal(
            [new Report(consumers[2].Channel, new Amount(400)), new Report(consumers[3].Channel, new Amount(200))], _channels.Take(2));
        Assert.Equal([consumers[0].Channel], _channels.Take(10).Select(report => report.Channel));
        Assert.Empty(_channels.Take(10));
    }

    [Fact]
    public void What_is_settled_is_no_longer_worth_it()
    {
        var consumer = new TestConsumer();
        Report(consumer, 400);
        Report(consumer, 50);

        Assert.Empty(_channels.Take(10));
    }

    [Fact]
    public void Nothing_is_never_worth_it()
    {
        var everything = new ReportedChannels(minimum: Amount.Zero);
        everything.Add(new Report(new TestConsumer().Channel, Amount.Zero));

        Assert.Empty(everything.Take(10));
    }

    private void Report(TestConsumer consumer, UInt128 unsettled) => _channels.Add(new Report(consumer.Channel, new Amount(unsettled)));
}
