using AccountantCluster.Channels;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.Cluster.Tests;

/// <summary>The books are restored from an old backup, the signer's memory is not (protocol §4).</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();

    private string Store => Path.Combine(_folder.Path, "store");

    private string Backup => Path.Combine(_folder.Path, "backup");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_lower_is_signed_and_evidence_brings_everything_back()
    {
        await using var totals = new SqliteTotals(Path.Combine(_folder.Path, "signer.db"), Accountant.Domain);
        await RunAsync(totals, async cluster =>
        {
            await cluster.DepositAsync(_consumer, 1_000);
            Assert.NotNull((await PayAsync(cluster, window: 0, total: 100)).Promise);
        });
        Copy(Store, Backup);
        var lost = default(SignedProviderPromise);
        await RunAsync(totals, async cluster =>
            lost = Assert.NotNull((await PayAsync(cluster, window: 1, total: 500)).Promise));
        Copy(Backup, Store);

        await RunAsync(totals, async cluster =>
        {
            // The session opens though the books are old, and what they would sign is refused.
            Assert.Null((await cluster.DescribeAsync(_provider)).LatestPromise);
            var refused = await PayAsync(cluster, window: 2, total: 101, amount: 510);
            Assert.Null(refused.Promise);
            Assert.Equal(RejectionReason.OutcomeUnknown, refused.Reason);

            Assert.Equal(RejectionReason.None, await ProveTotalAsync(cluster, lost));
            Assert.Equal(RejectionReason.AlreadyCovered, await ProveTotalAsync(cluster, lost));
            var promise = Promise(window: 1, total: 500, amount: 500);
            Assert.Equal(RejectionReason.None, await ProvePromiseAsync(cluster, promise));
            Assert.Equal(new Amount(500), (await cluster.DescribeAsync(_consumer)).Settleable);

            var again = await cluster.ExchangeAsync(_provider.Batch(promise));
            Assert.Equal(RejectionReason.None, again.Promises[0].Reason);
            Assert.Equal(lost.Promise.Amount, Assert.NotNull(again.Promise).Promise.Amount);
            var next = await PayAsync(cluster, window: 3, total: 510);
            Assert.Equal(new Amount(510 - (510 * 250 / 10_000)), Assert.NotNull(next.Promise).Promise.Amount);
        });
    }

    private async Task RunAsync(SqliteTotals totals, Func<ClusterUnderTest, Task> live)
    {
        await using (var cluster = await ClusterUnderTest.StartAsync(Store, totals: totals)) await live(cluster);
        SqliteConnection.ClearAllPools();
    }

    private Task<ExchangeAnswer> PayAsync(ClusterUnderTest cluster, uint window, UInt128 total, UInt128? amount = null) =>
        cluster.ExchangeAsync(_provider.Batch(Promise(window, total, amount ?? total)));

    private VerifiedPromise Promise(uint window, UInt128 total, UInt128 amount) =>
        _consumer.Promise(amount, _provider.Hashlock(window), _provider, total);

    private Task<RejectionReason> ProveTotalAsync(ClusterUnderTest cluster, SignedProviderPromise signed) =>
        cluster.Evidence.ProveTotalAsync(_provider.Identity, signed.Promise, _provider.R(1), Accountant.Deadline, default);

    private Task<RejectionReason> ProvePromiseAsync(ClusterUnderTest cluster, VerifiedPromise promise) =>
        cluster.Evidence.ProvePromiseAsync(promise, _provider.R(1), Accountant.Deadline, default);

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
