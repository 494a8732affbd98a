using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using AccountantCluster.Chain;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// What channels are told where one of the accountant's Ethereum endpoints lies: the truth, or nothing. The chain and the endpoints are
/// real.
/// </summary>
public sealed class LyingEndpointTests(ObservedChain chain) : IClassFixture<ObservedChain>, IAsyncLifetime
{
    private static readonly Amount Deposit = new(1_000);

    private readonly RecordedFacts _facts = new();
    private readonly List<JsonRpcEthereumClient> _clients = [];
    private LyingEndpoint _liar = null!;
    private LyingEndpoint _honest = null!;

    public async Task InitializeAsync()
    {
        _liar = await LyingEndpoint.StartAsync(chain.Endpoint);
        _honest = await LyingEndpoint.StartAsync(chain.Endpoint);
    }

    public async Task DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _liar.DisposeAsync();
        await _honest.DisposeAsync();
    }

    [Fact]
    public async Task A_balance_that_one_of_three_invents_is_not_believed()
    {
        var channel = await chain.RegisterAsync(Deposit.Units);
        _liar.Lies = new Lies { InventedBalance = 1_000_000_000 };
        // It does deceive whoever believes it alone.
        Assert.Equal(new Amount(1_000_000_000), await DepositedAsync(Alone(_liar.Address), channel));

        Assert.Equal(Deposit, await DepositedAsync(Pool(_liar.Address, _honest.Address, chain.Endpoint), channel));
    }

    [Fact]
    public async Task A_balance_that_one_of_two_invents_is_not_told_at_all()
    {
        var channel = await chain.RegisterAsync(Deposit.Units);
        var observer = chain.Observer(Pool(_liar.Address, _honest.Address), _facts, new SettlementOptions { Confirmations = 0 });
        _liar.Lies = new Lies { InventedBalance = 1_000_000_000 };

        await Assert.ThrowsAsync<EndpointsDisagreeException>(() => observer.ObserveAsync(default));
        Assert.Empty(_facts.Take());

        _liar.Lies = Lies.None;
        await observer.ObserveAsync(default);
        Assert.Equal(Deposit, Told(channel)!.Value.Deposited);
    }

    [Fact]
    public async Task A_deposit_that_is_not_confirmed_is_not_confirmed_by_one_that_claims_a_higher_head()
    {
        var channel = await chain.RegisterAsync(Deposit.Units);
        var options = new SettlementOptions { Confirmations = 3 };
        await chain.MineAsync(3);
        var observer = chain.Observer(Pool(_liar.Address, _honest.Address, chain.Endpoint), _facts, options);
        await observer.ObserveAsync(default);
        Assert.Equal(Deposit, Told(channel)!.Value.Deposited);

        // Two that are behind: the third, which is ahead of both, does not confirm anything alone.
        _liar.Lies = new Lies { LagBlocks = 2 };
        _honest.Lies = new Lies { LagBlocks = 2 };
        await chain.DepositAsync(channel, 1);
        await chain.MineAsync(3);
        await observer.ObserveAsync(default);
        Assert.Null(Told(channel));

        _honest.Lies = Lies.None;
        await observer.ObserveAsync(default);
        Assert.Equal(new Amount(1_001), Told(channel)!.Value.Deposited);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_exit_that_one_hides_is_seen(int endpoints)
    {
        using var consumer = PrivateKey.Generate();
        var channel = await chain.RegisterAsync(consumer, Deposit.Units);
        var options = new SettlementOptions { Confirmations = 3 };
        await chain.MineAsync(3);
        Uri[] addresses = [_liar.Address, _honest.Address, chain.Endpoint];
        var observer = chain.Observer(Pool(addresses[..endpoints]), _facts, options);
        await observer.ObserveAsync(default);
        Assert.Empty(_facts.Sightings);

        await chain.RequestExitAsync(consumer, channel);
        _liar.Lies = new Lies { HidesLogs = true, HidesReceipts = true };
        await observer.ObserveAsync(default);

        Assert.Equal([channel], _facts.Sightings.Select(sighting => sighting.Channel));
    }

    [Fact]
    public async Task An_exit_that_one_invents_freezes_nobody()
    {
        var channel = await chain.RegisterAsync(Deposit.Units);
        await chain.MineAsync(3);
        using var client = new JsonRpcEthereumClient(chain.Endpoint);
        var head = (await client.GetBlockAsync(BlockReference.Latest))!;
        // Of the newest block, which is there, in a transaction that is not.
        _liar.Lies = new Lies
        {
            InventedLog = new JsonObject
            {
                ["address"] = channel.ToString(),
                ["topics"] = new JsonArray(ExitRequested.Definition.Topic.ToString(), chain.AccountantAddress.ToBytes32().ToString()),
                ["data"] = "0x" + new string('0', 4 * 64),
                ["blockNumber"] = $"0x{head.Number:x}",
                ["blockHash"] = head.Hash.ToString(),
                ["transactionHash"] = head.ParentHash.ToString(),
                ["logIndex"] = "0x0",
            },
        };
        var options = new SettlementOptions { Confirmations = 3 };
        await chain.Observer(Alone(_liar.Address), _facts, options).ObserveAsync(default);
        Assert.Equal([channel], _facts.Sightings.Select(sighting => sighting.Channel));
        _facts.Sightings.Clear();

        await chain.Observer(Pool(_liar.Address, _honest.Address, chain.Endpoint), _facts, options).ObserveAsync(default);

        Assert.Empty(_facts.Sightings);
    }

    [Fact]
    public async Task Who_lies_and_who_is_away_is_counted_and_said_by_name()
    {
        var counted = new ConcurrentDictionary<(string Instrument, string Endpoint), long>();
        using var listener = Listen(counted);
        using var metrics = new ClusterMetrics();
        var log = new CollectedLog<EndpointWatch>();
        var gone = await LyingEndpoint.StartAsync(chain.Endpoint);
        await gone.DisposeAsync();
        var pool = Pool(_liar.Address, gone.Address, _honest.Address, chain.Endpoint);
        await new EndpointWatch(pool, metrics, log).StartAsync(default);
        var channel = await chain.RegisterAsync(Deposit.Units);
        _liar.Lies = new Lies { InventedBalance = 1_000_000_000 };

        Assert.Equal(Deposit, await DepositedAsync(pool, channel));

        var (liar, away, honest) = (Name(_liar.Address), Name(gone.Address), Name(_honest.Address));
        Assert.True(counted[("accountant.chain.endpoint.disagreements", liar)] > 0);
        Assert.True(counted[("accountant.chain.endpoint.failures", away)] > 0);
        Assert.Equal(0, counted[("accountant.chain.endpoint.lag", honest)]);
        Assert.DoesNotContain(counted.Keys, key => key.Endpoint == honest && !key.Instrument.EndsWith("lag", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains($"{liar} is disagreeing", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains($"{away} is unavailable", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(LyingEndpoint.AccessKey, StringComparison.Ordinal));
    }

    private static string Name(Uri address) => NamedEndpoint.NameOf(address);

    private async Task<Amount?> DepositedAsync(IEthereumClient client, Address channel)
    {
        await chain.Observer(client, _facts, new SettlementOptions { Confirmations = 0 }).ObserveAsync(default);
        return Told(channel)?.Deposited;
    }

    // What a channel was told since the last time; null for nothing.
    private ConsumerChannelFacts? Told(Address channel) =>
        _facts.Take().Where(told => told.Channel == channel).Select(told => (ConsumerChannelFacts?)told.Facts).SingleOrDefault();

    private JsonRpcEthereumClient Alone(Uri address)
    {
        var client = new JsonRpcEthereumClient(address);
        _clients.Add(client);
        return client;
    }

    // A busy machine is no reason to do without one.
    private EndpointPool Pool(params Uri[] addresses) => new(
        [.. addresses.Select(address => new NamedEndpoint(Name(address), Alone(address)))],
        new EndpointPoolOptions { Patience = TimeSpan.FromSeconds(20) });

    private static MeterListener Listen(ConcurrentDictionary<(string, string), long> counted)
    {
        // Other tests have meters of the same name, published on threads of their own.
        var thread = Environment.CurrentManagedThreadId;
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, observer) =>
            {
                if (instrument.Name.StartsWith("accountant.chain.endpoint.", StringComparison.Ordinal)
                    && Environment.CurrentManagedThreadId == thread)
                    observer.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, measurement, tags, _) =>
            counted.AddOrUpdate((instrument.Name, (string)tags[0].Value!), measurement, (_, before) => before + measurement));
        listener.Start();
        return listener;
    }
}
