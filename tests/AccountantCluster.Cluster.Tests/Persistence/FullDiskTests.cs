using AccountantCluster.Channels.Consumer;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Akka.Hosting;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// SQLite's files may not grow any more: what does not fit is not acknowledged, what was acknowledged is there, and when there is space
/// again the node goes on by itself.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    // A batch of this many needs new pages.
    private const int PromisesPerBatch = 40;

    // Some batches fit into what is left of the last pages.
    private const int MaxBatches = 40;

    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(4);

    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();
    private readonly Disk _disk = new();
    private readonly StoreFiles _files;

    public FullDiskTests() => _files = new StoreFiles(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_is_acknowledged_unsaved_and_the_node_goes_on_when_there_is_space()
    {
        await using var cluster = await StartAsync();
        await cluster.DepositAsync(_consumer, 1_000_000);

        _disk.IsFull = true;
        var (accepted, unanswered) = await PayUntilFullAsync(cluster);
        // The last batch may be stored at the consumer channel: nobody was told.
        Assert.InRange(StoredPromises(), accepted, accepted + PromisesPerBatch);

        _disk.IsFull = false;
        // The journal's circuit breaker may keep everybody waiting for half a minute first.
        var answer = await Eventually.BecomesAsync(() => cluster.ExchangeAsync(unanswered), given => given.Promise is not null);
        Assert.All(answer.Promises, outcome => Assert.Contains(
            outcome.Reason, (RejectionReason[])[RejectionReason.None, RejectionReason.AlreadyCovered]));
        Assert.True(_provider.Accepts(answer.Promise!.Value));
        Assert.Equal(accepted + PromisesPerBatch, StoredPromises());
        Assert.Equal(new Amount((UInt128)(accepted + PromisesPerBatch)), (await cluster.DescribeAsync(_provider)).Gross);
    }

    [Fact]
    public async Task A_node_that_ends_on_a_full_disk_recovers_all_that_it_acknowledged()
    {
        int accepted;
        ExchangeRequest unanswered;
        await using (var cluster = await StartAsync())
        {
            await cluster.DepositAsync(_consumer, 1_000_000);
            _disk.IsFull = true;
            (accepted, unanswered) = await PayUntilFullAsync(cluster);
            await cluster.CrashAsync();
        }

        // Reading needs no space.
        await using var restarted = await StartAsync();
        var credited = (await restarted.DescribeAsync(_consumer)).Credited;
        Assert.InRange((int)credited.Units, accepted, accepted + PromisesPerBatch);
        Assert.Equal(RejectionReason.OutcomeUnknown, (await restarted.Exchange.ExchangeAsync(unanswered, Impatience, default)).Reason);
        _disk.IsFull = false;
        await Eventually.BecomesAsync(() => restarted.ExchangeAsync(unanswered), given => given.Promise is not null);
        Assert.Equal(new Amount((UInt128)(accepted + PromisesPerBatch)), (await restarted.DescribeAsync(_provider)).Gross);
    }

    private async Task<ClusterUnderTest> StartAsync()
    {
        // Everything ever stored is kept, so that the file only grows.
        var cluster = await ClusterUnderTest.StartAsync(
            new StoreOptions.Sqlite(_folder.Path), new NodeOptions(), more: builder => builder.AddSetup(_disk.Limit(_folder.Path)));
        await _files.ExistAsync();
        if (!_disk.IsFull) _files.KeepArchive();
        return cluster;
    }

    // One unit per promise, so that counting is adding up.
    private async Task<(int Accepted, ExchangeRequest Unanswered)> PayUntilFullAsync(ClusterUnderTest cluster)
    {
        for (var (window, accepted) = (0u, 0); window < MaxBatches; window++, accepted += PromisesPerBatch)
        {
            var batch = _provider.Batch([.. Enumerable.Range(accepted + 1, PromisesPerBatch).Select(total =>
                _consumer.Promise((UInt128)total, _provider.Hashlock(window), _provider, (UInt128)total))]);
            var answer = await cluster.Exchange.ExchangeAsync(batch, Impatience, default);
            if (answer.Reason == RejectionReason.None)
            {
                Assert.All(answer.Promises, outcome => Assert.Equal(RejectionReason.None, outcome.Reason));
                continue;
            }
            Assert.Null(answer.Promise);
            Assert.All(answer.Promises, outcome => Assert.Equal(RejectionReason.OutcomeUnknown, outcome.Reason));
            return (accepted, batch);
        }
        throw new InvalidOperationException("The disk is never full.");
    }

    private int StoredPromises() => _files.EventsOf(_consumer, "archive").OfType<ConsumerChannelEvent.PromiseAccepted>().Count();
}
