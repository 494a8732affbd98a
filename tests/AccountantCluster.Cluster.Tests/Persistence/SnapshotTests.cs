using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Google.Protobuf;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Snapshots, what is forgotten after them, and passivation.</summary>
public sealed class SnapshotTests : IDisposable
{
    private const int Payments = 70;

    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();
    private readonly StoreFiles _files;

    public SnapshotTests() => _files = new StoreFiles(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_consumer_channel_recovers_from_a_snapshot_to_what_a_replay_of_everything_gives()
    {
        await using (var cluster = await ClusterUnderTest.StartAsync(_folder.Path))
        {
            await cluster.DepositAsync(_consumer, 1_000);
            _files.KeepArchive();
            await PayInManyWindowsAsync(cluster);
            await OldEventsAreGoneAsync();
            await cluster.CrashAsync();
        }

        var (snapshotAt, snapshot) = _files.ReadSnapshots(StoreFiles.PersistenceIdOf(_consumer))[^1];
        var rest = _files.Read("journal", StoreFiles.PersistenceIdOf(_consumer)).Where(row => row.Number > snapshotAt);
        var recovered = rest.Aggregate((ConsumerChannelState)snapshot, (state, row) => ConsumerChannel.Apply(state, (ConsumerChannelEvent)row.Event));
        var replayed = _files.EventsOf(_consumer, "archive").Aggregate(ConsumerChannelState.Empty, ConsumerChannel.Apply);
        Assert.Equal(Bytes(replayed), Bytes(recovered));

        await using var restarted = await ClusterUnderTest.StartAsync(_folder.Path);
        var overview = await restarted.DescribeAsync(_consumer);
        Assert.Equal(new Amount(Payments), overview.Promised);
        Assert.Equal(replayed.SettleableAmount, overview.Settleable);
        // A restart alone must not make the channel refuse: see ConsumerEventsPerSnapshot.
        var next = await restarted.ExchangeAsync(_provider.Batch(
            _consumer.Promise(Payments + 1, _provider.Hashlock(Payments), _provider, Payments + 1)));
        Assert.Equal(RejectionReason.None, next.Promises[0].Reason);
        Assert.Equal(new Amount(Payments + 1), (await restarted.DescribeAsync(_provider)).Gross);
    }

    [Fact]
    public async Task A_channel_that_sleeps_and_wakes_is_what_it_was()
    {
        await using var cluster = await ClusterUnderTest.StartAsync(
            _folder.Path, "akka.cluster.sharding.passivate-idle-entity-after = 1s");
        await PayInManyWindowsAsync(cluster);
        var (consumer, provider) = (await cluster.DescribeAsync(_consumer), await cluster.DescribeAsync(_provider));

        await Eventually.BecomesAsync(() => CountEntitiesAsync(cluster.Consumers), entities => entities == 0);
        await Eventually.BecomesAsync(() => CountEntitiesAsync(cluster.Providers), entities => entities == 0);

        Assert.Equal(consumer with { Settleable = default }, await cluster.DescribeAsync(_consumer) with { Settleable = default });
        Assert.Equal(provider, await cluster.DescribeAsync(_provider));
    }

    [Fact]
    public async Task Without_its_snapshots_a_channel_is_refused_instead_of_recovered_in_part()
    {
        await using (var cluster = await ClusterUnderTest.StartAsync(_folder.Path))
        {
            await PayInManyWindowsAsync(cluster);
            await OldEventsAreGoneAsync();
            await cluster.CrashAsync();
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(_folder.Path, "snapshots.db*")) File.Delete(file);

        await using var restarted = await ClusterUnderTest.StartAsync(_folder.Path);

        Assert.Null(await restarted.Exchange.GetConsumerAsync(_consumer.Channel, TimeSpan.FromSeconds(5), default));
    }

    private async Task PayInManyWindowsAsync(ClusterUnderTest cluster)
    {
        await cluster.DepositAsync(_consumer, 1_000);
        for (uint window = 0; window < Payments; window++)
        {
            var answer = await cluster.ExchangeAsync(_provider.Batch(
                _consumer.Promise(window + 1, _provider.Hashlock(window), _provider, window + 1)));
            Assert.Equal(RejectionReason.None, answer.Promises[0].Reason);
        }
    }

    // At most two snapshots and the events after the older one stay.
    private async Task OldEventsAreGoneAsync() => await Eventually.BecomesAsync(
        () => Task.FromResult((
            Events: _files.Read("journal", StoreFiles.PersistenceIdOf(_consumer)).Count,
            Snapshots: _files.ReadSnapshots(StoreFiles.PersistenceIdOf(_consumer)).Count)),
        kept => kept.Snapshots == 2 && kept.Events <= 3 * ClusterLimits.ConsumerEventsPerSnapshot);

    private static async Task<int> CountEntitiesAsync(IActorRef region)
    {
        var state = await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Accountant.Deadline);
        return state.Shards.Sum(shard => shard.EntityIds.Count);
    }

    // What is acknowledged is not durable, so it is left out.
    private static byte[] Bytes(ConsumerChannelState state)
    {
        var acknowledged = state.Agreements.Aggregate(
            state, (current, pair) => ConsumerChannel.Acknowledge(current, pair.Key, pair.Value.Credited));
        return ConsumerChannelStateFormat.Write(acknowledged).ToByteArray();
    }
}
