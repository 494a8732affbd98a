using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>An admin's word on a channel is durable, and heard by the next promise (protocol §4 rule 5).</summary>
public sealed class ChannelControlTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_frozen_channel_takes_nothing_new_until_it_is_released()
    {
        await using (var cluster = await ClusterUnderTest.StartAsync(_folder.Path))
        {
            await cluster.DepositAsync(_consumer, 1_000);
            Assert.Equal(RejectionReason.None, await PayAsync(cluster, 100));
            await FreezeAsync(cluster, true);
            await FreezeAsync(cluster, true);
            Assert.Equal(RejectionReason.ChannelFrozen, await PayAsync(cluster, 101));
            Assert.Equal(RejectionReason.AlreadyCovered, await PayAsync(cluster, 100));
            await cluster.CrashAsync();
        }

        await using var restarted = await ClusterUnderTest.StartAsync(_folder.Path);
        Assert.True((await restarted.DescribeAsync(_consumer)).Frozen);
        Assert.Equal(RejectionReason.ChannelFrozen, await PayAsync(restarted, 101));
        Assert.True(await restarted.Facts.ObserveRevealAsync(_provider.Identity, _provider.R(0), Accountant.Deadline, default));
        await Eventually.BecomesAsync(() => restarted.DescribeAsync(_consumer), overview => overview.Settleable == new Amount(100));
        await FreezeAsync(restarted, false);
        Assert.Equal(RejectionReason.None, await PayAsync(restarted, 101));
    }

    private async Task FreezeAsync(ClusterUnderTest cluster, bool frozen) =>
        Assert.True(await cluster.Control.FreezeConsumerChannelAsync(_consumer.Channel, frozen, Accountant.Deadline, default));

    private async Task<RejectionReason> PayAsync(ClusterUnderTest cluster, UInt128 total)
    {
        var answer = await cluster.ExchangeAsync(_provider.Batch(_consumer.Promise(total, _provider.Hashlock(0), _provider, total)));
        return answer.Promises[0].Reason;
    }
}
