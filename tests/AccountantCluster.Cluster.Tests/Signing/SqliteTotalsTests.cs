using AccountantCluster.Protocol;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.Cluster.Tests;

/// <summary>What was signed is remembered beyond the process, and never less.</summary>
public sealed class SqliteTotalsTests : IDisposable
{
    private static readonly Address Provider = Keys.Next().Address;
    private static readonly Address Other = Keys.Next().Address;

    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "signer.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_lower_total_is_refused_after_a_restart()
    {
        await using (var totals = Open())
        {
            Assert.True(await totals.TryRaiseAsync(Provider, new Amount(256)));
            Assert.True(await totals.TryRaiseAsync(Other, Amount.MaxValue));
        }

        await using var reopened = Open();
        Assert.False(await reopened.TryRaiseAsync(Provider, new Amount(255)));
        Assert.True(await reopened.TryRaiseAsync(Provider, new Amount(256)));
        Assert.False(await reopened.TryRaiseAsync(Other, new Amount(UInt128.MaxValue - 1)));
        Assert.True(await reopened.TryRaiseAsync(Keys.Next().Address, new Amount(1)));
    }

    /// <summary>Nobody disposed it: what was answered is on disk all the same.</summary>
    [Fact]
    public async Task What_is_answered_is_on_disk()
    {
        await using var totals = Open();
        await Task.WhenAll(Enumerable.Range(1, 10_000).Select(units => totals.TryRaiseAsync(Provider, new Amount((UInt128)units))));

        // As a process that was killed leaves it: the write-ahead log beside the file.
        var left = Path.Combine(_folder.Path, "left.db");
        System.IO.File.Copy(File, left);
        System.IO.File.Copy(File + "-wal", left + "-wal");
        await using var other = new SqliteTotals(left, Accountant.Domain);
        Assert.False(await other.TryRaiseAsync(Provider, new Amount(9_999)));
        Assert.True(await other.TryRaiseAsync(Provider, new Amount(10_000)));
    }

    [Fact]
    public async Task Totals_that_rise_in_the_order_of_the_calls_are_all_taken_and_none_that_falls()
    {
        await using var totals = Open();
        var rising = Enumerable.Range(1, 500).Select(units => totals.TryRaiseAsync(Provider, new Amount((UInt128)units))).ToList();
        var falling = totals.TryRaiseAsync(Provider, new Amount(499));
        Assert.All(await Task.WhenAll(rising), Assert.True);
        Assert.False(await falling);
    }

    [Fact]
    public async Task What_cannot_be_remembered_is_not_confirmed_until_it_can()
    {
        await Open().DisposeAsync();
        Execute($"""
            CREATE TRIGGER refuse BEFORE INSERT ON highest_total
            WHEN NEW.provider = x'{Convert.ToHexString(Provider.ToArray())}' AND NOT EXISTS (SELECT 1 FROM highest_total)
            BEGIN SELECT RAISE(ABORT, 'refused'); END
            """);
        await using var totals = Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() => totals.TryRaiseAsync(Provider, new Amount(7)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => totals.TryRaiseAsync(Provider, new Amount(7)));
        Assert.True(await totals.TryRaiseAsync(Other, new Amount(1)));
        Assert.True(await totals.TryRaiseAsync(Provider, new Amount(7)));
    }

    /// <summary>While the disk is stuck, no more than so many wait; the others are told, and none is taken for signed.</summary>
    [Fact]
    public async Task A_flood_of_totals_is_bounded_while_the_disk_is_stuck()
    {
        const int flood = ClusterLimits.TotalsWaiting + (2 * ClusterLimits.TotalsPerWrite);
        await Open().DisposeAsync();
        // The first total takes seconds to write; the flood is there long before.
        Execute("""
            CREATE VIEW slow AS
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000000) SELECT count(*) AS counted FROM n;
            CREATE TRIGGER stuck BEFORE INSERT ON highest_total WHEN NEW.total = x'00000000000000000000000000000001'
            BEGIN SELECT counted FROM slow; END
            """);
        await using var totals = Open();
        var raised = Enumerable.Range(1, flood).Select(units => totals.TryRaiseAsync(Provider, new Amount((UInt128)units))).ToList();
        // Besides those in the queue, one group may be with the writer.
        Assert.InRange(
            raised.Count(total => total.IsFaulted),
            flood - ClusterLimits.TotalsWaiting - ClusterLimits.TotalsPerWrite,
            flood - ClusterLimits.TotalsWaiting);

        var highest = UInt128.Zero;
        for (var i = 0; i < flood; i++)
        {
            if (raised[i].IsFaulted)
            {
                await Assert.ThrowsAsync<InvalidOperationException>(() => raised[i]);
                continue;
            }
            Assert.True(await raised[i]);
            highest = (UInt128)(i + 1);
        }
        // What was refused is not remembered as signed, and may be asked again.
        Assert.False(await totals.TryRaiseAsync(Provider, new Amount(highest - 1)));
        Assert.True(await totals.TryRaiseAsync(Provider, new Amount(highest)));
        Assert.True(await totals.TryRaiseAsync(Provider, new Amount(flood)));
    }

    private SqliteTotals Open() => new(File, Accountant.Domain);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
