using System.Net;
using System.Text.Json.Nodes;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Endpoints;

/// <summary>Real endpoints of one real chain; one of them lies. What the pool says is what the chain says, or it says nothing.</summary>
[Collection(LocalNetworkGroup.Name)]
public sealed class LyingEndpointTests(LocalNetworkFixture network) : IAsyncLifetime
{
    private static readonly Address Holder = Address.Parse("0x00000000000000000000000000000000000000a1");

    private readonly List<IDisposable> _owned = [];
    private readonly RecordedConditions _told = new();
    private LyingEndpoint _liar = null!;
    private LyingEndpoint _honest = null!;
    private TransactionReceipt _minted = null!;

    public static TheoryData<string> LiesByName => [.. AllLies.Keys];

    private static Dictionary<string, Lies> AllLies { get; } = new()
    {
        ["nothing"] = Lies.None,
        ["is behind"] = new Lies { LagBlocks = 6 },
        ["is far behind"] = new Lies { LagBlocks = 1_000 },
        ["answers 429"] = new Lies { Status = HttpStatusCode.TooManyRequests },
        ["answers 500"] = new Lies { Status = HttpStatusCode.InternalServerError },
        ["hangs"] = new Lies { Hangs = true },
        ["hides receipts"] = new Lies { HidesReceipts = true },
        ["turns receipts"] = new Lies { TurnsReceipts = true },
        ["hides logs"] = new Lies { HidesLogs = true },
        ["invents a balance"] = new Lies { InventedBalance = 1_000_000_000 },
        ["is of another chain"] = new Lies { ChainId = 5 },
    };

    public async Task InitializeAsync()
    {
        _liar = await LyingEndpoint.StartAsync(network.Anvil.Endpoint);
        _honest = await LyingEndpoint.StartAsync(network.Anvil.Endpoint);
        _minted = await network.Deployer.SendAsync(network.Token.Mint(Holder, new Amount(7)));
        // Deep enough that nobody has an excuse.
        await network.Anvil.MineAsync(4);
    }

    public async Task DisposeAsync()
    {
        _owned.ForEach(item => item.Dispose());
        await _liar.DisposeAsync();
        await _honest.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(LiesByName))]
    public async Task One_of_three_changes_nothing(string lie)
    {
        _liar.Lies = AllLies[lie];
        var pool = Pool(_liar.Address, _honest.Address, network.Anvil.Endpoint);

        for (var look = 0; look < 2; look++) await AssertIsTrueAsync(pool);
    }

    [Theory]
    [MemberData(nameof(LiesByName))]
    public async Task One_of_two_is_heard_as_the_truth_or_not_at_all(string lie)
    {
        _liar.Lies = AllLies[lie];
        var pool = Pool(network.Anvil.Endpoint, _liar.Address);

        await AssertIsTrueOrUnknownAsync(pool);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public async Task One_that_is_gone_is_not_missed(int agreement, int count)
    {
        var gone = await LyingEndpoint.StartAsync(network.Anvil.Endpoint);
        await gone.DisposeAsync();
        Uri[] addresses = [gone.Address, _honest.Address, network.Anvil.Endpoint];
        var pool = Pool(new EndpointPoolOptions { Agreement = agreement }, addresses[..count]);

        await AssertIsTrueAsync(pool);

        Assert.Contains((NamedEndpoint.NameOf(gone.Address), EndpointCondition.Unavailable), _told.Changes);
    }

    [Theory]
    [InlineData("turns receipts")]
    [InlineData("hides receipts")]
    [InlineData("hides logs")]
    [InlineData("invents a balance")]
    public async Task A_liar_is_named_without_its_key(string lie)
    {
        var pool = Pool(_liar.Address, _honest.Address, network.Anvil.Endpoint);
        _liar.Lies = AllLies[lie];
        await AssertIsTrueAsync(pool);

        Assert.Equal([(NamedEndpoint.NameOf(_liar.Address), EndpointCondition.Disagreeing)], _told.Changes);
        Assert.DoesNotContain(LyingEndpoint.AccessKey, _told.Changes[0].Endpoint, StringComparison.Ordinal);
        Assert.Contains(LyingEndpoint.AccessKey, _liar.Address.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invented_log_is_dropped_and_a_hidden_one_is_not()
    {
        var pool = Pool(_liar.Address, _honest.Address, network.Anvil.Endpoint);
        var filter = Minted();
        var truth = (await network.Client.GetLogsAsync(filter)).Select(PoolUnderTest.Text).ToArray();
        var genuine = _minted.Logs.Single();
        _liar.Lies = new Lies { HidesLogs = true, InventedLog = Written(genuine, data: new byte[32]) };

        Assert.Equal(truth, (await pool.GetLogsAsync(filter)).Select(PoolUnderTest.Text));
        Assert.Equal([NamedEndpoint.NameOf(_liar.Address)], _told.Disagreements);
    }

    [Fact]
    public async Task A_log_that_one_of_two_hides_is_heard()
    {
        var pool = Pool(_liar.Address, _honest.Address);
        _liar.Lies = new Lies { HidesLogs = true };

        Assert.Equal(PoolUnderTest.Text(_minted.Logs.Single()), PoolUnderTest.Text(Assert.Single(await pool.GetLogsAsync(Minted()))));
    }

    [Fact]
    public async Task A_transaction_goes_through_while_one_endpoint_lies_about_it()
    {
        var pool = Pool(_liar.Address, _honest.Address, network.Anvil.Endpoint);
        _liar.Lies = new Lies { HidesReceipts = true, LagBlocks = 2 };
        using var sender = network.NewSender(pool);

        var receipt = await sender.SendAsync(network.Token.Mint(Holder, new Amount(1)));

        Assert.True(receipt.Succeeded);
        Assert.Equal(receipt.BlockHash, (await network.Client.GetTransactionReceiptAsync(receipt.TransactionHash))?.BlockHash);
    }

    [Fact]
    public async Task A_batch_is_lied_about_call_by_call()
    {
        using var client = new JsonRpcEthereumClient(_liar.Address);
        _liar.Lies = new Lies { InventedBalance = 99 };
        var outcomes = await client.CallManyAsync(
            [BalanceOf(Holder), TokenAbi.TotalSupply.Call(network.Token.Address)], BlockReference.At(_minted.BlockHash));

        Assert.Equal(new Amount(99), new AbiDecoder(outcomes[0].DataOrThrow()).ReadAmount());
        Assert.NotEqual(new Amount(99), new AbiDecoder(outcomes[1].DataOrThrow()).ReadAmount());
        Assert.Equal(2, _liar.Calls);
    }

    private async Task AssertIsTrueAsync(EndpointPool pool)
    {
        foreach (var (name, ask) in Questions()) Assert.Equal((name, await ask(network.Client)), (name, await ask(pool)));
    }

    private async Task AssertIsTrueOrUnknownAsync(EndpointPool pool)
    {
        foreach (var (name, ask) in Questions())
        {
            string heard;
            try
            {
                heard = await ask(pool);
            }
            catch (EthereumException)
            {
                continue;
            }
            // One that is behind holds up two of two.
            if (name != "head") Assert.Equal((name, await ask(network.Client)), (name, heard));
        }
    }

    private IEnumerable<(string Name, Func<IEthereumClient, Task<string>> Ask)> Questions()
    {
        var (block, number) = (BlockReference.At(_minted.BlockHash), BlockReference.At(_minted.BlockNumber));
        yield return ("chain", async client => $"{await client.GetChainIdAsync()}");
        yield return ("head", async client => $"{await client.GetBlockNumberAsync()}");
        yield return ("block", async client => $"{await client.GetBlockAsync(number)} {await client.GetBlockAsync(block)}");
        yield return ("balance", async client => Convert.ToHexString((await client.CallAsync(BalanceOf(Holder), block)).Span));
        yield return ("balances", async client => string.Join(
            ' ',
            (await client.CallManyAsync([BalanceOf(Holder), BalanceOf(network.Deployer.Address)], block))
                .Select(one => Convert.ToHexString(one.DataOrThrow().Span))));
        yield return ("code", async client => Convert.ToHexString((await client.GetCodeAsync(network.Token.Address, block)).Span));
        yield return ("count", async client => $"{await client.GetTransactionCountAsync(network.Deployer.Address, number)}");
        yield return ("receipt", async client => await client.GetTransactionReceiptAsync(_minted.TransactionHash) is { } receipt
            ? $"{receipt with { Logs = [] }} {string.Join(' ', receipt.Logs.Select(PoolUnderTest.Text))}"
            : "none");
        yield return ("logs", async client => string.Join(' ', (await client.GetLogsAsync(Minted())).Select(PoolUnderTest.Text)));
    }

    private ContractCall BalanceOf(Address holder) => TokenAbi.BalanceOf.Call(network.Token.Address, new AbiEncoder().Add(holder));

    private LogFilter Minted() => new(
        _minted.BlockNumber,
        _minted.BlockNumber,
        [network.Token.Address],
        [[TokenTransfer.Definition.Topic], [], [Holder.ToBytes32()]]);

    private EndpointPool Pool(params Uri[] addresses) => Pool(new EndpointPoolOptions(), addresses);

    private EndpointPool Pool(EndpointPoolOptions options, params Uri[] addresses)
    {
        var endpoints = new List<NamedEndpoint>();
        foreach (var address in addresses)
        {
            var isHung = address == _liar.Address && _liar.Lies.Hangs;
            var client = new JsonRpcEthereumClient(
                address, isHung ? new EthereumClientOptions { RequestDeadline = TimeSpan.FromSeconds(1) } : null);
            _owned.Add(client);
            endpoints.Add(new NamedEndpoint(NamedEndpoint.NameOf(address), client));
        }
        // A liar is asked again each time, and one that hangs does not hold up the test for long.
        var pool = new EndpointPool(
            endpoints, options with { FirstRest = TimeSpan.FromMilliseconds(1), Patience = TimeSpan.FromMilliseconds(500) });
        pool.Observe(_told);
        return pool;
    }

    private static JsonObject Written(LogEntry log, byte[] data) => new()
    {
        ["address"] = log.Contract.ToString(),
        ["topics"] = new JsonArray([.. log.Topics.Select(topic => (JsonNode)topic.ToString())]),
        ["data"] = $"0x{Convert.ToHexStringLower(data)}",
        ["blockNumber"] = $"0x{log.BlockNumber:x}",
        ["blockHash"] = log.BlockHash.ToString(),
        ["transactionHash"] = log.TransactionHash.ToString(),
        ["logIndex"] = $"0x{log.Index:x}",
    };
}
