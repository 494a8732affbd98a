using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Storage is O(channels): however many promises a channel takes, its rows stay below a constant.</summary>
public sealed class BoundedStorageTests
{
    private const int Providers = 2;
    private const int Consumers = 4;
    private const int PromisesPerConsumerAndBatch = 8;
    private const int PromisesPerBatch = Consumers * PromisesPerConsumerAndBatch;
    private const int Readings = 20;

    // The events since the older of two snapshots, those of the batch that made the newest one due, and what a deletion leaves: one row
    // that remembers the highest number. Twice that much, because snapshots and deletions lag behind.
    private const int ConsumerRows = 4 * ClusterLimits.ConsumerEventsPerSnapshot;
    private const int ProviderRows = 4 * ClusterLimits.ProviderEventsPerSnapshot;
    private const int Snapshots = 4;

    private readonly List<PayingConsumer> _consumers =
        [.. Enumerable.Range(0, Consumers).Select(_ => new PayingConsumer(100_000_000))];
    private readonly List<TestProvider> _providers = [.. Enumerable.Range(0, Providers).Select(_ => new TestProvider())];

    private static int ManyPromises => TestEffort.Of(1) == 1 ? 4_000 : 100_000;

    [Fact]
    public async Task The_files_of_SQLite_hold_a_constant_number_of_rows_per_channel()
    {
        await using var store = new SqliteStore();
        await PayAndCountAsync(store, ManyPromises);
    }

    [Fact]
    public async Task The_tables_of_PostgreSQL_hold_a_constant_number_of_rows_per_channel()
    {
        await using var store = await PostgreSqlStore.StartAsync();
        await PayAndCountAsync(store, 2_000);
    }

    private async Task PayAndCountAsync(IStore store, int promises)
    {
        await using var cluster = await ClusterUnderTest.StartAsync(store.Options, new NodeOptions());
        foreach (var paying in _consumers) await cluster.DepositAsync(paying.Consumer, paying.Deposit);
        var windows = promises / PromisesPerBatch / Providers;
        for (var (reading, window) = (1, 0u); reading <= Readings; reading++)
        {
            var (from, until) = (window, (uint)(windows * reading / Readings));
            await Task.WhenAll(_providers.Select(provider => PayAsync(cluster, provider, from, until)));
            window = until;
            await IsBoundedAsync(store);
        }
        foreach (var provider in _providers)
            Assert.Equal(new Amount((UInt128)(windows * PromisesPerBatch)), (await cluster.DescribeAsync(provider)).Gross);
        // Far more events than rows: something was forgotten.
        Assert.True(windows * PromisesPerConsumerAndBatch * Providers > 4 * ConsumerRows);
    }

    private async Task PayAsync(ClusterUnderTest cluster, TestProvider provider, uint from, uint until)
    {
        for (var window = from; window < until; window++)
        {
            var hashlock = provider.Hashlock(window);
            var answer = await cluster.ExchangeAsync(provider.Batch([.. Enumerable.Range(0, PromisesPerBatch).Select(
                number => _consumers[number % Consumers].Pay(provider, 1, hashlock))]));
            Assert.All(answer.Promises, outcome => Assert.Equal(RejectionReason.None, outcome.Reason));
        }
    }

    private static async Task IsBoundedAsync(IStore store)
    {
        await using var journal = await store.OpenJournalAsync();
        await using var snapshots = await store.OpenSnapshotsAsync();
        var events = await Sql.CountByChannelAsync(journal, "journal");
        Assert.Equal(Providers + Consumers, events.Count);
        Assert.All(events, channel => Assert.InRange(
            channel.Value, 1, channel.Key.StartsWith("consumer", StringComparison.Ordinal) ? ConsumerRows : ProviderRows));
        Assert.All(await Sql.CountByChannelAsync(snapshots, "snapshot"), channel => Assert.InRange(channel.Value, 1, Snapshots));
    }
}
