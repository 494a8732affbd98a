using AccountantCluster.Chain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.Providers;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Client.WayOut;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.WayOut;

/// <summary>A whole provider that trusts its accountant so far and no further, and holds what it leaves with.</summary>
public sealed class RiskLimitTests : ProviderScene
{
    private const ulong Limit = 400;

    private readonly TemporaryFile _folder = new();

    [Fact]
    public async Task Service_pauses_at_the_limit_and_goes_on_with_a_settlement()
    {
        await RestartAsync();
        var alice = Consumer(TestWorld.Alice);
        await PayAsync(alice, times: 2, amount: 140);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        var promised = Provider.Status.Promised;
        Assert.Equal(promised, Provider.Status.Risk.Total);
        Assert.False(Provider.IsRiskNearLimit);

        var (one, other) = (Provider.OpenAgreement(alice.Identity), Provider.OpenAgreement(TestWorld.Bob.Address));
        var room = new Amount(Limit) - promised;
        var invoice = await Provider.InvoiceAsync(one, room, Patience);
        // What is asked for of one consumer may be lost with the rest: there is no room for the other.
        var paused = await Assert.ThrowsAsync<ServicePausedException>(() => Provider.InvoiceAsync(other, new Amount(1), Patience));
        Assert.Equal((null, promised), (paused.Consumer, paused.Risk?.Total));
        // What was asked for is taken all the same.
        await PayAgainAsync(alice.Pay(invoice, TestWorld.Provider.Address, room), alice, one);
        Assert.True(Provider.IsRiskNearLimit);

        Provider.SetChannel(Channel(settled: promised));
        Assert.False(Provider.MustPauseService(TestWorld.Bob.Address));
        Assert.NotNull(await Provider.InvoiceAsync(other, new Amount(1), Patience));
    }

    [Fact]
    public async Task A_watch_need_not_wait_for_its_next_look_where_the_risk_comes_near_the_limit()
    {
        await RestartAsync();
        var books = new AccountBooks(Provider, TimeProvider.System);
        Assert.False((await books.ReadAsync(Channel(settled: Amount.Zero), Patience))!.IsRiskNearLimit);
        var waiting = books.WaitAsync(TimeSpan.FromDays(1), Patience);
        await PayAsync(Consumer(TestWorld.Alice), times: 1, amount: 100);
        Assert.False(waiting.IsCompleted);
        await PayAsync(Consumer(TestWorld.Bob), times: 1, amount: 230);
        await waiting;
        // Where that look could not help, the next one comes in its time.
        Assert.True((await books.ReadAsync(Channel(settled: Amount.Zero), Patience))!.IsRiskNearLimit);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Patience);
        waiting = books.WaitAsync(TimeSpan.FromDays(1), stop.Token);
        Provider.SetChannel(Channel(settled: Amount.Zero));
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task What_a_provider_leaves_with_is_what_it_holds_and_no_secret()
    {
        await RestartAsync();
        using var keeping = CancellationTokenSource.CreateLinkedTokenSource(Patience);
        var path = _folder.At("evidence.json");
        var keeper = new EvidenceKeeper(Provider, path, TimeSpan.FromMilliseconds(20)).RunAsync(keeping.Token);
        await PayAsync(Consumer(TestWorld.Alice), times: 1, amount: 100);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        await PayAsync(Consumer(TestWorld.Bob), times: 1, amount: 50);
        await keeping.CancelAsync();
        await keeper;

        var stored = EvidenceFile.Read(path);
        Assert.Empty(stored.Flaws);
        var evidence = Provider.CaptureEvidence();
        Assert.Equal(Provider.Settleable, evidence.Settleable);
        Assert.Equal(Provider.Evidence.OrderBy(row => row.Promise.Consumer), evidence.Collectable);
        // What came last is public by now, or stands under the window that only the key opens.
        var opened = OpenedEvidence.Of(stored.Evidence, TestWorld.Provider, opensUnanswered: false);
        Assert.Equal(Provider.Status.Promised, opened.Totals[0].Amount);
        Assert.Equal([new Amount(50), new Amount(100)], opened.Rows.Select(row => row.Promise.Amount).Order());
    }

    [Fact]
    public async Task An_unanswered_promise_is_at_stake_under_its_window()
    {
        await RestartAsync();
        Exchange.Bend = (_, _) => throw new Client.Exchange.AccountantUnavailableException("gone");
        var alice = Consumer(TestWorld.Alice);
        var agreement = Provider.OpenAgreement(alice.Identity);
        var invoice = await Provider.InvoiceAsync(agreement, new Amount(70), Patience);
        _ = Provider.ReceiveAsync(alice.Pay(invoice, TestWorld.Provider.Address, new Amount(70)), Patience);
        await EventuallyAsync(() => Provider.Status.Risk.Unanswered == new Amount(70));
        Assert.Equal(new Amount(70), Assert.Single(Provider.CaptureEvidence().Windows).AtStake);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _folder.Dispose();
        base.Dispose(disposing);
    }

    private async Task RestartAsync()
    {
        await Provider.DisposeAsync();
        Options = Options with { RiskLimit = new Amount(Limit) };
        (Exchange, Provider) = Open();
        await Provider.StartAsync(Patience);
    }

    private static ProviderChannelOnChain Channel(Amount settled) => new(default, default, default, default, settled, default, 0);
}
