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
        await using (var totals = new SqliteTotals(File))
        {
            Assert.True(await totals.TryRaiseAsync(Provider, new Amount(256)));
            Assert.True(await totals.TryRaiseAsync(Other, Amount.MaxValue));
        }

        await using var reopened = new SqliteTotals(File);
        Assert.False(await reopened.TryRaiseAsync(Provider, new Amount(255)));
        Assert.True(await reopened.TryRaiseAsync(Provider, new Amount(256)));
        Assert.False(await reopened.TryRaiseAsync(Other, new Amount(UInt128.MaxValue - 1)));
        Assert.True(await reopened.TryRaiseAsync(Keys.Next().Address, new Amount(1)));
    }

    /// <summary>Nobody disposed it: what was answered is on disk all the same.</summary>
    [Fact]
    public async Task What_is_answered_is_on_disk()
    {
        await using var totals = new SqliteTotals(File);
        await Task.WhenAll(Enumerable.Range(1, 10_000).Select(units => totals.TryRaiseAsync(Provider, new Amount((UInt128)units))));

        await using var other = new SqliteTotals(File);
        Assert.False(await other.TryRaiseAsync(Provider, new Amount(9_999)));
        Assert.True(await other.TryRaiseAsync(Provider, new Amount(10_000)));
    }

    [Fact]
    public async Task Totals_that_rise_in_the_order_of_the_calls_are_all_taken_and_none_that_falls()
    {
        await using var totals = new SqliteTotals(File);
        var rising = Enumerable.Range(1, 500).Select(units => totals.TryRaiseAsync(Provider, new Amount((UInt128)units))).ToList();
        var falling = totals.TryRaiseAsync(Provider, new Amount(499));
        Assert.All(await Task.WhenAll(rising), Assert.True);
        Assert.False(await falling);
    }

    [Fact]
    public async Task What_cannot_be_remembered_is_not_confirmed_until_it_can()
    {
        await using var totals = new SqliteTotals(File);
        Execute("CREATE TRIGGER refuse BEFORE INSERT ON highest_total BEGIN SELECT RAISE(ABORT, 'refused'); END");
        await Assert.ThrowsAsync<InvalidOperationException>(() => totals.TryRaiseAsync(Provider, new Amount(7)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => totals.TryRaiseAsync(Provider, new Amount(7)));
        Execute("DROP TRIGGER refuse");
        Assert.True(await totals.TryRaiseAsync(Provider, new Amount(7)));
    }

    /// <summary>While the disk is stuck, no more than so many wait; the others are told, and none is taken for signed.</summary>
    [Fact]
    public async Task A_flood_of_totals_is_bounded_while_the_disk_is_stuck()
    {
        const int flood = ClusterLimits.TotalsWaiting + (2 * ClusterLimits.TotalsPerWrite);
        await using var totals = new SqliteTotals(File);
        List<Task<bool>> raised;
        using (var stuck = Open())
        {
            Execute(stuck, "BEGIN IMMEDIATE");
            raised = [.. Enumerable.Range(1, flood).Select(units => totals.TryRaiseAsync(Provider, new Amount((UInt128)units)))];
            // Besides those in the queue, one group may be with the writer.
            Assert.InRange(
                raised.Count(total => total.IsFaulted),
                flood - ClusterLimits.TotalsWaiting - ClusterLimits.TotalsPerWrite,
                flood - ClusterLimits.TotalsWaiting);
            Execute(stuck, "ROLLBACK");
        }

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

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
