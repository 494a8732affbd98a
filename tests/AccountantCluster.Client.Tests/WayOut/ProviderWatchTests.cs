using AccountantCluster.Chain;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Tests.OnChain;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Client.WayOut;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.WayOut;

/// <summary>A provider's money is settled by policy, and at once where waiting could lose it; on a real chain.</summary>
public sealed class ProviderWatchTests(LocalChain chain) : IClassFixture<LocalChain>, IDisposable
{
    private const ulong Loan = 300;

    // Nothing of these tests is ever worth it by itself.
    private static readonly SettlementPolicy Patient =
        new() { MinimumValue = new Amount(1_000_000), BalanceLeftPercent = 0, MaximumAge = null };

    private readonly WayOutScene _scene = new(chain);
    private readonly TemporaryFile _files = new();

    public void Dispose()
    {
        _scene.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task What_is_worth_it_is_settled_once_and_the_evidence_is_kept()
    {
        await _scene.LendAsync(Loan);
        var books = new Books(_scene.Evidence.Empty with { Settleable = _scene.Evidence.Total(100, 2) });
        using var watch = Watch(books, new ProviderWatchOptions { EvidencePath = _files.At("evidence") });
        var state = await watch.LookAsync();
        Assert.Equal((SettlementReason.Worthwhile, new Amount(100)), (state.LastSettlement!.Reason, state.LastSettlement.Paid));
        Assert.Null(state.Problem);
        // The books heard of it at once, not with the next look.
        Assert.Equal(new Amount(100), books.Channel!.Settled);
        Assert.True(books.Evidence.Equivalent(EvidenceFile.Read(_files.At("evidence")).Evidence));
        Assert.Equal(state.LastSettlement, (await watch.LookAsync()).LastSettlement);
        Assert.Equal(new Amount(100), await _scene.ReceivedAsync());
    }

    [Fact]
    public async Task A_disk_that_takes_no_evidence_keeps_no_money_from_being_settled()
    {
        await _scene.LendAsync(Loan);
        var books = new Books(_scene.Evidence.Empty with { Settleable = _scene.Evidence.Total(100, 2) });
        using var watch = Watch(books, new ProviderWatchOptions { EvidencePath = _files.At("no such folder/evidence") });
        var state = await watch.LookAsync();
        Assert.Contains("cannot be written", state.Problem);
        Assert.Equal(new Amount(100), state.LastSettlement?.Paid);
    }

    [Fact]
    public async Task What_costs_too_much_waits_until_the_balance_is_nearly_used()
    {
        await _scene.LendAsync(Loan);
        var books = new Books(_scene.Evidence.Empty with { Settleable = _scene.Evidence.Total(200, 2) });
        // A settlement costs some 100,000 gas at some gwei: between a twentieth of what it pays and all of it.
        using var quoted = Watch(books, new ProviderWatchOptions());
        var gas = await chain.Client.EstimateGasAsync(
            chain.Sender.Address, TransactionRequest.Of(Order(books.Evidence).ToCall(chain.Accountant)));
        var fees = await chain.Client.GetFeeSuggestionAsync();
        var wei = gas * (fees.NextBaseFeePerGasWei + fees.PriorityFeePerGasWei);
        var rate = new TokenRate(wei / 100 * 1_000_000_000_000_000_000);
        var route = new OwnKeyRoute(chain.Client, chain.Profile, chain.Sender, rate);
        using var watch = new ProviderWatch(books, books.Evidence, chain.Client, route, new ProviderWatchOptions());
        Assert.Null((await watch.LookAsync()).LastSettlement);

        books.Evidence = books.Evidence with { Settleable = _scene.Evidence.Total(280, 2) };
        Assert.Equal(SettlementReason.BalanceUsed, (await watch.LookAsync()).LastSettlement?.Reason);
        Assert.Equal(new Amount(280), await _scene.ReceivedAsync());
    }

    [Fact]
    public async Task A_consumer_that_leaves_takes_nothing_with_it_that_pays_the_provider()
    {
        var (leaving, staying) = (await _scene.ConsumerAsync(), await _scene.ConsumerAsync());
        var books = new Books(_scene.Evidence.Empty with
        {
            Settleable = _scene.Evidence.Total(490, 2),
            Collectable = [_scene.Evidence.Row(leaving, 200, 1), _scene.Evidence.Row(staying, 300, 2)],
        });
        using var watch = Watch(books, new ProviderWatchOptions { Policy = Patient });
        var state = await watch.LookAsync();
        Assert.Equal((null, 0), (state.LastSettlement, state.Leaving.Count));

        await _scene.RequestExitAsync(leaving);
        state = await watch.LookAsync();
        Assert.Equal(SettlementReason.ConsumerLeaves, state.LastSettlement?.Reason);
        Assert.Empty(state.Leaving);
        Assert.Equal(new Amount(200), (await _scene.Reads.ReadConsumerAsync(leaving.Address)).Settled);
        Assert.Equal(new Amount(490), await _scene.ReceivedAsync());
    }

    [Fact]
    public async Task A_promise_under_a_revoked_key_is_settled_while_it_can_be()
    {
        await _scene.LendAsync(Loan);
        using var successor = PrivateKey.Generate();
        await chain.Sender.SendAsync(chain.Accountant.AddOperator(successor.Address));
        await chain.Anvil.AdvanceTimeAsync(TimeSpan.FromDays(4) + TimeSpan.FromHours(1));
        var books = new Books(_scene.Evidence.Empty with { Settleable = _scene.Evidence.Total(100, 2, successor) });
        using var watch = Watch(books, new ProviderWatchOptions { Policy = Patient });
        Assert.Null((await watch.LookAsync()).LastSettlement);

        await chain.Sender.SendAsync(chain.Accountant.RevokeOperator(successor.Address));
        var state = await watch.LookAsync();
        Assert.Equal((SettlementReason.KeyRevoked, new Amount(100)), (state.LastSettlement?.Reason, state.LastSettlement?.Paid));
        Assert.NotNull(state.PromiseEndsAt);

        await chain.Anvil.AdvanceTimeAsync(TimeSpan.FromDays(15));
        books.Evidence = books.Evidence with { Settleable = _scene.Evidence.Total(150, 3, successor) };
        state = await watch.LookAsync();
        Assert.Contains("does not hold", state.Problem);
        Assert.Equal(new Amount(100), await _scene.ReceivedAsync());
    }

    [Fact]
    public async Task A_risk_near_its_limit_is_settled_with_all_that_can_be_collected_for_it()
    {
        var consumer = await _scene.ConsumerAsync();
        var books = new Books(_scene.Evidence.Empty with
        {
            Settleable = _scene.Evidence.Total(490, 2),
            Collectable = [_scene.Evidence.Row(consumer, 500, 1)],
        });
        using var watch = Watch(books, new ProviderWatchOptions { Policy = Patient });
        Assert.Null((await watch.LookAsync()).LastSettlement);
        books.IsRiskNearLimit = true;
        Assert.Equal(SettlementReason.Risk, (await watch.LookAsync()).LastSettlement?.Reason);
        Assert.Equal(new Amount(490), await _scene.ReceivedAsync());
    }

    [Fact]
    public async Task A_failure_is_a_state_with_a_longer_pause_and_the_next_look_goes_on()
    {
        await _scene.LendAsync(Loan);
        var books = new Books(_scene.Evidence.Empty with { Settleable = _scene.Evidence.Total(100, 2) });
        var route = new OvertakenRoute(
            _scene.Route,
            () => Task.FromException(new EthereumUnavailableException("away")),
            () => Task.FromException(new EthereumUnavailableException("away")));
        using var watch = Watch(books, new ProviderWatchOptions(), route);
        var pauses = new List<TimeSpan>();
        for (var look = 0; look < 3; look++)
        {
            var state = await watch.LookAsync();
            pauses.Add(state.NextLookAt!.Value - state.LookedAt!.Value);
            Assert.Equal(look < 2 ? "away" : null, state.Problem);
        }
        Assert.True(pauses[0] < pauses[1] && pauses[2] < pauses[0]);
        Assert.Equal(new Amount(100), await _scene.ReceivedAsync());
    }

    [Fact]
    public async Task Books_that_another_process_has_do_not_stop_what_is_known_already()
    {
        await _scene.LendAsync(Loan);
        var books = new Books(_scene.Evidence.Empty with { Settleable = _scene.Evidence.Total(100, 2) });
        using var watch = Watch(books, new ProviderWatchOptions { Policy = Patient });
        await watch.LookAsync();
        books.IsTaken = true;
        Assert.Contains("Another process", (await watch.LookAsync()).Problem);
        var known = new Books(_scene.Evidence.Empty) { IsTaken = true };
        using var other = new ProviderWatch(known, books.Evidence, chain.Client, _scene.Route);
        Assert.Equal(new Amount(100), (await other.LookAsync()).LastSettlement?.Paid);
    }

    private ProviderWatch Watch(Books books, ProviderWatchOptions options, ISettlementRoute? route = null) =>
        new(books, books.Evidence, chain.Client, route ?? _scene.Route, options);

    private static SettlementOrder Order(ProviderEvidence evidence)
    {
        var promise = evidence.Settleable!;
        return SettlementOrder.Settle(promise.ToSettle());
    }

    private sealed class Books(ProviderEvidence evidence) : IWatchedBooks
    {
        public ProviderEvidence Evidence { get; set; } = evidence;

        public bool IsRiskNearLimit { get; set; }

        public bool IsTaken { get; set; }

        public ProviderChannelOnChain? Channel { get; private set; }

        public Task<BooksView?> ReadAsync(ProviderChannelOnChain channel, CancellationToken cancellation = default)
        {
            Channel = channel;
            return Task.FromResult(IsTaken ? null : new BooksView(Evidence, default, IsRiskNearLimit));
        }

        public Task WaitAsync(TimeSpan pause, CancellationToken cancellation = default) => Task.Delay(pause, cancellation);
    }
}
