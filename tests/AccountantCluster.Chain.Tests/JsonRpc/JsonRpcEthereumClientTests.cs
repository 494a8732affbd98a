using System.Globalization;
using System.Net;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.JsonRpc;

/// <summary>Against a real node, with cast as the judge; and against nodes that are broken or hostile.</summary>
[Collection(LocalNetworkGroup.Name)]
public sealed class JsonRpcEthereumClientTests(LocalNetworkFixture network)
{
    private static readonly Address Nobody = Address.Parse("0x00000000000000000000000000000000000000ff");

    [Fact]
    public async Task The_chain_is_what_cast_sees()
    {
        var block = await network.Client.GetBlockAsync(BlockReference.At(1));
        var expected = await CastAsync("block", "1", "--json");

        Assert.Equal(network.Anvil.ChainId, await network.Client.GetChainIdAsync());
        Assert.NotNull(block);
        Assert.Equal(1UL, block.Number);
        Assert.Contains($"\"hash\":\"{block.Hash}\"", expected, StringComparison.Ordinal);
        Assert.Contains($"\"parentHash\":\"{block.ParentHash}\"", expected, StringComparison.Ordinal);
        Assert.Contains($"\"timestamp\":\"0x{block.Timestamp:x}\"", expected, StringComparison.Ordinal);
        Assert.Contains($"\"baseFeePerGas\":\"0x{block.BaseFeePerGasWei:x}\"", expected, StringComparison.Ordinal);
        Assert.Equal(block, await network.Client.GetBlockAsync(BlockReference.At(block)));
        Assert.Null(await network.Client.GetBlockAsync(BlockReference.At(1_000_000_000)));
    }

    [Fact]
    public async Task Accounts_are_what_cast_sees()
    {
        using var sender = network.NewSender();
        await sender.SendAsync(TransactionRequest.Pay(Nobody, 12_345));

        Assert.Equal(1UL, await network.Client.GetTransactionCountAsync(sender.Address, BlockReference.Latest));
        Assert.Equal(
            await CastAsync("balance", sender.Address.ToString()),
            (await network.Client.GetBalanceAsync(sender.Address, BlockReference.Latest)).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(
            await CastAsync("code", network.Token.Address.ToString()),
            "0x" + Convert.ToHexStringLower((await network.Client.GetCodeAsync(network.Token.Address, BlockReference.Latest)).Span));
        Assert.True((await network.Client.GetCodeAsync(Nobody, BlockReference.Latest)).IsEmpty);
    }

    [Fact]
    public async Task Many_calls_are_split_into_requests_and_one_that_fails_fails_alone()
    {
        using var client = new JsonRpcEthereumClient(network.Anvil.Endpoint, new EthereumClientOptions { MaxCallsPerRequest = 3 });
        var good = TokenAbi.TotalSupply.Call(network.Token.Address);
        var bad = network.Token.Transfer(Address.Zero, new Amount(1));
        ContractCall[] calls = [good, good, bad, good, good, good, good];

        var outcomes = await client.CallManyAsync(calls, BlockReference.Latest);

        Assert.Equal(calls.Select(call => call == good), outcomes.Select(outcome => outcome.Error is null));
        var error = Assert.IsType<ContractRevertedException>(outcomes[2].Error);
        Assert.Equal("ERC20InvalidSender", error.Error.Name);
        Assert.All(outcomes.Where(outcome => outcome.Error is null), outcome => Assert.Equal(32, outcome.Data.Length));
    }

    [Fact]
    public async Task What_the_node_refuses_carries_its_code()
    {
        var problem = await Assert.ThrowsAsync<RpcException>(() => network.Client.SendRawTransactionAsync(new byte[] { 2, 0xc0 }));

        Assert.True(problem.Code < 0);
        Assert.IsNotType<ContractRevertedException>(problem);
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_unavailable()
    {
        Uri endpoint;
        await using (var node = new NodeStandIn(_ => Task.FromResult<string?>("{}"))) endpoint = node.Endpoint;
        using var client = new JsonRpcEthereumClient(endpoint);

        await Assert.ThrowsAsync<EthereumUnavailableException>(() => client.GetBlockNumberAsync());
    }

    [Fact]
    public async Task A_node_that_does_not_answer_in_time_is_unavailable()
    {
        using var never = new CancellationTokenSource();
        await using var node = new NodeStandIn(async _ =>
        {
            await Task.Delay(Timeout.Infinite, never.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            return null;
        });
        using var client = new JsonRpcEthereumClient(
            node.Endpoint, new EthereumClientOptions { RequestDeadline = TimeSpan.FromMilliseconds(200) });

        await Assert.ThrowsAsync<EthereumUnavailableException>(() => client.GetBlockNumberAsync());

        await never.CancelAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"jsonrpc":"2.0","id":0}""")]
    [InlineData("""{"jsonrpc":"2.0","id":0,"result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":0,"result":7}""")]
    [InlineData("""{"jsonrpc":"2.0","id":0,"result":"0x"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":0,"result":"12"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":0,"result":"0x10000000000000000"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":0,"result":"0xfffffffffffffffffffffffffffffffffff"}""")]
    public async Task An_answer_that_makes_no_sense_is_unavailable(string answer)
    {
        await using var node = new NodeStandIn(_ => Task.FromResult<string?>(answer));
        using var client = new JsonRpcEthereumClient(node.Endpoint);

        await Assert.ThrowsAsync<EthereumUnavailableException>(() => client.GetBlockNumberAsync());
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""[{"id":0,"result":"0x"}]""")]
    [InlineData("""[{"id":0,"result":"0x"},{"id":0,"result":"0x"}]""")]
    [InlineData("""[{"id":0,"result":"0x"},{"id":2,"result":"0x"}]""")]
    [InlineData("""[{"id":0,"result":"0x"},{"id":-1,"result":"0x"}]""")]
    [InlineData("""[{"id":0,"result":"0x"},7]""")]
    [InlineData("""{"id":0,"result":"0x"}""")]
    public async Task A_batch_that_is_not_answered_call_by_call_is_unavailable(string answer)
    {
        await using var node = new NodeStandIn(_ => Task.FromResult<string?>(answer));
        using var client = new JsonRpcEthereumClient(node.Endpoint);
        var call = TokenAbi.TotalSupply.Call(Nobody);

        await Assert.ThrowsAsync<EthereumUnavailableException>(() => client.CallManyAsync([call, call], BlockReference.Latest));
    }

    [Fact]
    public async Task A_batch_may_be_answered_in_any_order_and_refused_as_a_whole()
    {
        var call = TokenAbi.TotalSupply.Call(Nobody);
        await using var mixed = new NodeStandIn(_ => Task.FromResult<string?>("""[{"id":1,"result":"0x02"},{"id":0,"result":"0x01"}]"""));
        using var mixedClient = new JsonRpcEthereumClient(mixed.Endpoint);
        await using var refusing = new NodeStandIn(
            _ => Task.FromResult<string?>("""{"id":null,"error":{"code":-32600,"message":"too many"}}"""), HttpStatusCode.TooManyRequests);
        using var refusingClient = new JsonRpcEthereumClient(refusing.Endpoint);

        var outcomes = await mixedClient.CallManyAsync([call, call], BlockReference.Latest);
        var problem = await Assert.ThrowsAsync<RpcException>(() => refusingClient.CallManyAsync([call, call], BlockReference.Latest));

        Assert.Equal<byte>([1, 2], outcomes.Select(outcome => outcome.Data.Span[0]));
        Assert.Equal(-32600, problem.Code);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        var endless = $$"""{"id":0,"result":"0x{{new string('0', 100_000)}}"}""";
        await using var node = new NodeStandIn(_ => Task.FromResult<string?>(endless));
        using var client = new JsonRpcEthereumClient(node.Endpoint, new EthereumClientOptions { MaxResponseBytes = 10_000 });

        var problem = await Assert.ThrowsAsync<EthereumUnavailableException>(() => client.GetCodeAsync(Nobody, BlockReference.Latest));

        Assert.Contains("10000 bytes", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_a_node_is_not_in_messages()
    {
        await using var node = new NodeStandIn(_ => Task.FromResult<string?>("<html>"), HttpStatusCode.Forbidden);
        using var client = new JsonRpcEthereumClient(new Uri(node.Endpoint, "v3/access-key"));

        var problem = await Assert.ThrowsAsync<EthereumUnavailableException>(() => client.GetBlockNumberAsync());

        Assert.DoesNotContain("access-key", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains("403", problem.Message, StringComparison.Ordinal);
    }

    private Task<string> CastAsync(params string[] arguments) =>
        network.CastAsync([.. arguments, "--rpc-url", network.Anvil.Endpoint.ToString()]);
}
