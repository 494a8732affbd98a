using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A folder of SQLite's files has one owner at a time, and its journal takes a number once all the same.</summary>
public sealed class StoreLockTests : IDisposable
{
    private const string Columns = "created, deleted, persistence_id, message, tags, manifest, identifier";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_taken_once_by_whatever_name_and_free_again_afterwards()
    {
        using var elsewhere = new TemporaryFolder();
        var alias = Path.Combine(elsewhere.Path, "alias");
        Directory.CreateSymbolicLink(alias, _folder.Path);
        using (StoreLock.Take(_folder.Path))
        {
            foreach (var name in new[] { _folder.Path, alias })
            {
                var refused = Assert.Throws<StoreUnusableException>(() => StoreLock.Take(name));
                Assert.StartsWith($"{name} is in use by another process", refused.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', refused.Message);
            }
        }
        // The file that is left is in nobody's way.
        Assert.Single(Directory.GetFiles(_folder.Path));
        StoreLock.Take(_folder.Path).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_locked_is_named()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "node.lock"));
        var refused = Assert.Throws<StoreUnusableException>(() => StoreLock.Take(_folder.Path));
        Assert.StartsWith($"{_folder.Path} cannot be locked: ", refused.Message, StringComparison.Ordinal);

        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        refused = Assert.Throws<StoreUnusableException>(() => StoreSetup.Lock(new StoreOptions.Sqlite(file)));
        Assert.StartsWith($"{file} cannot be created: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_has_its_folder_until_it_has_ended()
    {
        await using (var node = await ClusterUnderTest.StartAsync(_folder.Path))
        {
            await Assert.ThrowsAsync<StoreUnusableException>(() => ClusterUnderTest.StartAsync(_folder.Path));
            await node.DepositAsync(new TestConsumer(), 1);
        }
        await using var next = await ClusterUnderTest.StartAsync(_folder.Path);
        await next.DepositAsync(new TestConsumer(), 1);
    }

    [Fact]
    public async Task A_number_that_another_writer_took_fences_its_channel_and_no_other()
    {
        var (files, provider, channel) = (new StoreFiles(_folder.Path), new TestProvider(), new TestConsumer());
        await using var node = await ClusterUnderTest.StartAsync(_folder.Path, "akka.loglevel = WARNING");
        var neighbours = Enumerable.Range(0, 20).Select(_ => new TestConsumer()).ToList();
        await Task.WhenAll(neighbours.Append(channel).Select(consumer => node.DepositAsync(consumer, 1_000)));
        await node.DescribeAsync(provider);
        var log = await LogLines.OfAsync(node.System);
        // Its deposit once more, past the node, under the number that it will write next.
        files.Execute(
            $"INSERT INTO journal ({Columns}, sequence_number, writer_uuid) SELECT {Columns}, 2, 'another' FROM journal "
            + $"WHERE sequence_number = 1 AND persistence_id = '{StoreFiles.PersistenceIdOf(channel)}'");

        var answer = await node.ExchangeAsync(provider.Batch(
            [.. neighbours.Append(channel).Select(consumer => consumer.Promise(1, provider.Hashlock(0), provider, total: 1))]));

        Assert.All(answer.Promises, outcome => Assert.Equal(RejectionReason.None, outcome.Reason));
        Assert.Contains(StoreFiles.PersistenceIdOf(channel), Assert.Single(log.Fenced), StringComparison.Ordinal);
        Assert.Empty(log.Errors);
        var events = files.Read("journal", StoreFiles.PersistenceIdOf(channel));
        Assert.Equal([1, 2, 3], events.Select(row => row.Number));
        Assert.Equal(events[0].Event, events[1].Event);
        Assert.IsType<ConsumerChannelEvent.PromiseAccepted>(events[2].Event);
    }
}
