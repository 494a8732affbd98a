using System.Text.Json;
using AccountantCluster.Chain.Tests.JsonRpc;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Transactions;

[Collection(LocalNetworkGroup.Name)]
public sealed class TransactionSenderTests(LocalNetworkFixture network)
{
    private static readonly Address Someone = Address.Parse("0x00000000000000000000000000000000000000fe");

    private static readonly TransactionRequest Payment = TransactionRequest.Pay(Someone, 1);

    [Fact]
    public async Task Many_at_once_use_every_nonce_once()
    {
        using var sender = network.NewSender();

        var sent = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => sender.SubmitAsync(Payment)));

        Assert.Equal(Enumerable.Range(0, 25).Select(nonce => (ulong)nonce), sent.Select(transaction => transaction.Nonce).Order());
        // Each is in a block soon after it was handed in.
        foreach (var transaction in sent) await MinedAsync(transaction.Hash);
        Assert.Equal(25UL, await network.Client.GetTransactionCountAsync(sender.Address, BlockReference.Latest));
    }

    [Fact]
    public async Task A_call_that_would_revert_is_not_sent_and_burns_no_nonce()
    {
        using var sender = network.NewSender();

        var problem = await Assert.ThrowsAsync<ContractRevertedException>(
            () => sender.SendAsync(network.Token.Transfer(Someone, new Amount(1))));
        var receipt = await sender.SendAsync(Payment);

        Assert.Equal("ERC20InsufficientBalance", problem.Error.Name);
        Assert.Equal([sender.Address.ToString(), "0", "1"], problem.Error.Arguments);
        Assert.True(receipt.Succeeded);
        Assert.Equal(1UL, await network.Client.GetTransactionCountAsync(sender.Address, BlockReference.Latest));
    }

    [Fact]
    public async Task What_costs_too_much_is_not_sent()
    {
        using var frugal = network.NewSender(options: LocalNetworkFixture.Quick with { Gas = new GasPolicy { MaxLimit = 22_000 } });
        using var stingy = network.NewSender(options: LocalNetworkFixture.Quick with { Gas = new GasPolicy { MaxFeePerGasWei = 1 } });

        await Assert.ThrowsAsync<TransactionRefusedException>(() => frugal.SendAsync(Payment));
        await Assert.ThrowsAsync<TransactionRefusedException>(() => stingy.SendAsync(Payment));

        Assert.Equal(0UL, await network.Client.GetTransactionCountAsync(frugal.Address, BlockReference.Latest));
        Assert.Equal(0UL, await network.Client.GetTransactionCountAsync(stingy.Address, BlockReference.Latest));
    }

    [Fact]
    public async Task A_key_that_sent_before_goes_on_where_it_was()
    {
        var key = network.NewFundedKey();
        using (var before = new TransactionSender(network.Client, key, network.Anvil.ChainId, LocalNetworkFixture.Quick))
            await before.SendAsync(Payment);

        using var after = new TransactionSender(network.Client, key, network.Anvil.ChainId, LocalNetworkFixture.Quick);
        var sent = await after.SubmitAsync(Payment);

        Assert.Equal(1UL, sent.Nonce);
    }

    [Fact]
    public async Task The_receipt_waits_for_its_confirmations()
    {
        using var sender = network.NewSender(options: LocalNetworkFixture.Quick with { Confirmations = 2 });
        using var miner = network.NewSender();

        var sending = sender.SendAsync(Payment);
        for (var block = 0; block < 1_000 && !sending.IsCompleted; block++) await miner.SendAsync(Payment);

        var receipt = await sending;
        Assert.True(await network.Client.GetBlockNumberAsync() >= receipt.BlockNumber + 2);
    }

    [Fact]
    public async Task A_receipt_that_does_not_come_is_an_unknown_outcome()
    {
        using var sender = network.NewSender(
            options: LocalNetworkFixture.Quick with { Confirmations = 1_000, ReceiptDeadline = TimeSpan.FromMilliseconds(300) });

        var problem = await Assert.ThrowsAsync<TransactionOutcomeUnknownException>(() => sender.SendAsync(Payment));

        Assert.NotNull(await network.Client.GetTransactionReceiptAsync(problem.TransactionHash));
    }

    [Fact]
    public async Task A_lost_answer_does_not_send_twice()
    {
        var lost = 0;
        await using var node = Between(method => method == "eth_sendRawTransaction" && lost++ == 0 ? Fault.AnswerLost : Fault.None);
        using var client = new JsonRpcEthereumClient(node.Endpoint);
        using var sender = network.NewSender(client);

        var receipt = await sender.SendAsync(Payment);

        Assert.True(receipt.Succeeded);
        Assert.Equal(2, lost);
        Assert.Equal(1UL, await network.Client.GetTransactionCountAsync(sender.Address, BlockReference.Latest));
    }

    [Theory]
    [InlineData(Fault.RequestLost)]
    [InlineData(Fault.AnswerLost)]
    public async Task A_transaction_with_an_unknown_outcome_keeps_its_nonce(Fault fault)
    {
        var isBroken = true;
        await using var node = Between(method => isBroken && method == "eth_sendRawTransaction" ? fault : Fault.None);
        using var client = new JsonRpcEthereumClient(node.Endpoint);
        using var sender = network.NewSender(client);

        var unknown = await Assert.ThrowsAsync<TransactionOutcomeUnknownException>(() => sender.SendAsync(Payment));
        await Assert.ThrowsAsync<EthereumUnavailableException>(() => sender.SendAsync(Payment));
        isBroken = false;
        var next = await sender.SubmitAsync(Payment);

        Assert.Equal(1UL, next.Nonce);
        Assert.NotNull(await network.Client.GetTransactionReceiptAsync(unknown.TransactionHash));
        Assert.Equal(2UL, await network.Client.GetTransactionCountAsync(sender.Address, BlockReference.Latest));
    }

    [Fact]
    public async Task A_transaction_that_reverts_in_its_block_says_why()
    {
        // Both are simulated while the tokens are still there, and mined in one block.
        await using var anvil = await Anvil.StartAsync(network.Toolchain);
        await using var stale = new NodeStandIn(
            body => NodeStandIn.ForwardAsync(body.Replace("\"pending\"", "\"latest\"", StringComparison.Ordinal), anvil.Endpoint));
        using var client = new JsonRpcEthereumClient(stale.Endpoint);
        using var key = DevelopmentAccounts.Key(0);
        using var sender = new TransactionSender(client, key, anvil.ChainId, LocalNetworkFixture.Quick);
        var token = await new Deployment(client, sender).DeployTokenAsync();
        await sender.SendAsync(token.Mint(sender.Address, new Amount(10)));
        await anvil.SetAutomineAsync(false);

        var request = TransactionRequest.Of(token.Transfer(Someone, new Amount(10)));
        var first = await sender.SubmitAsync(request);
        var sending = sender.SendAsync(request);
        using var direct = new JsonRpcEthereumClient(anvil.Endpoint);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await direct.GetTransactionCountAsync(sender.Address, BlockReference.Pending, limit.Token) < first.Nonce + 2)
            await Task.Delay(LocalNetworkFixture.Quick.PollInterval, limit.Token);
        await anvil.MineAsync();
        var problem = await Assert.ThrowsAsync<TransactionFailedException>(() => sending);

        Assert.False(problem.Receipt.Succeeded);
        Assert.Equal("ERC20InsufficientBalance", problem.Error?.Name);
    }

    private NodeStandIn Between(Func<string, Fault> decide) => new(async body =>
    {
        using var document = JsonDocument.Parse(body);
        var fault = decide(document.RootElement.GetProperty("method").GetString()!);
        if (fault == Fault.RequestLost) return null;
        var answer = await NodeStandIn.ForwardAsync(body, network.Anvil.Endpoint);
        return fault == Fault.AnswerLost ? null : answer;
    });

    public enum Fault
    {
        None,
        RequestLost,
        AnswerLost,
    }

    private async Task MinedAsync(Bytes32 transaction)
    {
        using var deadline = new CancellationTokenSource(LocalNetworkFixture.Quick.ReceiptDeadline);
        while (await network.Client.GetTransactionReceiptAsync(transaction, deadline.Token) is null)
            await Task.Delay(LocalNetworkFixture.Quick.PollInterval, deadline.Token);
    }
}
