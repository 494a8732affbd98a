using System.Text.Json;
using AccountantCluster.Chain.Tests.JsonRpc;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Observation;

[Collection(LocalNetworkGroup.Name)]
public sealed class ObservationTests(LocalNetworkFixture network)
{
    private static readonly Address Someone = Address.Parse("0x00000000000000000000000000000000000000fd");

    [Fact]
    public async Task A_block_counts_once_enough_others_lie_on_top()
    {
        await using var anvil = await Anvil.StartAsync(network.Toolchain);
        using var client = new JsonRpcEthereumClient(anvil.Endpoint);
        var confirmed = new ConfirmedBlocks(client, confirmations: 3);

        Assert.Null(await confirmed.GetNewestAsync());
        await anvil.MineAsync(3);
        Assert.Equal(0UL, (await confirmed.GetNewestAsync())?.Number);
        await anvil.MineAsync(5);
        var newest = await confirmed.GetNewestAsync();
        Assert.Equal(await client.GetBlockAsync(BlockReference.At(5)), newest);
    }

    [Fact]
    public async Task The_confirmed_block_never_goes_back()
    {
        await using var anvil = await Anvil.StartAsync(network.Toolchain);
        using var client = new JsonRpcEthereumClient(anvil.Endpoint);
        var confirmed = new ConfirmedBlocks(client, confirmations: 1);
        var snapshot = await anvil.SnapshotAsync();
        await anvil.MineAsync(4);
        var before = await confirmed.GetNewestAsync();

        await anvil.RevertAsync(snapshot);

        Assert.Equal(0UL, await client.GetBlockNumberAsync());
        Assert.Equal(before, await confirmed.GetNewestAsync());
    }

    [Fact]
    public async Task A_foreign_log_without_the_values_of_its_event_is_left_out_among_anybodys_and_an_error_in_a_known_contract()
    {
        using var sender = network.NewSender();
        var topic = Someone.ToBytes32();
        // Its constructor writes an ExitRequested of nothing: PUSH32 topic, PUSH32 event, PUSH0, PUSH0, LOG2, STOP.
        byte[] code = [0x7f, .. topic.ToArray(), 0x7f, .. ExitRequested.Definition.Topic.ToArray(), 0x5f, 0x5f, 0xa2, 0x00];

        var receipt = await sender.SendAsync(new TransactionRequest(To: null, code));

        var (block, reader) = (receipt.BlockNumber, new LogReader(network.Client));
        Assert.Equal(ExitRequested.Definition.Topic, Assert.Single(receipt.Logs).Topics[0]);
        Assert.Empty(await reader.ReadAsync<ExitRequested>(null, [[topic]], block, block).ToListAsync());
        await Assert.ThrowsAsync<AbiException>(async () =>
            await reader.ReadAsync<ExitRequested>(receipt.DeployedContract, [[topic]], block, block).ToListAsync());
    }

    [Fact]
    public async Task Logs_are_read_in_ranges_and_a_refused_range_is_halved()
    {
        using var sender = network.NewSender();
        var from = await network.Client.GetBlockNumberAsync() + 1;
        for (ulong value = 1; value <= 5; value++) await sender.SendAsync(network.Token.Mint(Someone, new Amount(value)));
        await sender.SendAsync(network.Token.Mint(sender.Address, new Amount(6)));
        var to = await network.Client.GetBlockNumberAsync();
        var ranges = new List<ulong>();
        await using var strict = new NodeStandIn(body => RefuseRangesAsync(body, ranges, limit: 2));
        using var client = new JsonRpcEthereumClient(strict.Endpoint);

        var transfers = await new LogReader(client)
            .ReadAsync<TokenTransfer>(network.Token.Address, [[], [Someone.ToBytes32()]], from, to)
            .ToListAsync();

        Assert.Equal<Amount>([new(1), new(2), new(3), new(4), new(5)], transfers.Select(transfer => transfer.Value));
        Assert.All(transfers, transfer => Assert.Equal(
            (Address.Zero, Someone, network.Token.Address), (transfer.From, transfer.To, transfer.Log.Contract)));
        Assert.Contains(ranges, length => length > 2);
        Assert.Contains(ranges, length => length <= 2);
    }

    [Fact]
    public async Task Channels_are_read_at_one_block_whatever_happened_since()
    {
        var sender = network.NewSender();
        using var consumer = PrivateKey.Generate();
        await sender.SendAsync(network.Token.Mint(sender.Address, new Amount(2_000)));
        var accountant = await new Deployment(network.Client, sender).RegisterAccountantAsync(
            network.Registry, sender.Address, new Amount(1_000), 0);
        var channel = await network.Registry.GetChannelAddressAsync(consumer.Address, accountant.Address, BlockReference.Latest);
        var unregistered = await network.Registry.GetChannelAddressAsync(sender.Address, accountant.Address, BlockReference.Latest);
        await sender.SendAsync(network.Token.Mint(channel, new Amount(105)));
        await sender.SendAsync(network.Token.Mint(unregistered, new Amount(50)));
        await sender.SendAsync(network.Registry.RegisterIdentity(
            Registration(consumer, accountant.Address), Sign(Registration(consumer, accountant.Address), consumer)));
        await sender.SendAsync(network.Token.Approve(accountant.Address, new Amount(300)));
        await sender.SendAsync(accountant.IncreaseLoan(Someone, new Amount(300)));
        var block = await network.Client.GetBlockAsync(BlockReference.Latest);
        Assert.NotNull(block);
        await sender.SendAsync(network.Token.Mint(channel, new Amount(1_000)));

        var reader = new ChainReader(network.Client, network.Token.Address, accountant.Address);
        var consumers = await reader.ReadConsumerChannelsAsync([channel, unregistered], block);
        var providers = await reader.ReadProviderChannelsAsync([Someone, sender.Address], block);

        Assert.Equal(
            [
                new ConsumerChannelOnChain(channel, true, new Amount(100), Amount.Zero),
                new ConsumerChannelOnChain(unregistered, false, new Amount(50), Amount.Zero),
            ],
            consumers);
        Assert.Equal([new Amount(300), Amount.Zero], providers.Select(provider => provider.Balance));
        Assert.Equal([new Amount(300), Amount.Zero], providers.Select(provider => provider.Loan));
    }

    [Fact]
    public async Task A_block_that_is_gone_cannot_be_read()
    {
        var reader = new ChainReader(network.Client, network.Token.Address, Someone);
        var gone = new Block(1, Keccak256.Hash("gone"u8), default, 0, 0);

        await Assert.ThrowsAnyAsync<RpcException>(() => reader.ReadConsumerChannelsAsync([Someone], gone));
    }

    private static RegisterIdentity Registration(PrivateKey identity, Address accountant) =>
        new(identity.Address, accountant, Amount.Zero, Address.Zero, Amount.Zero, Address.Zero, 1UL << 40);

    private Signature Sign(RegisterIdentity message, PrivateKey key) =>
        Curve.Default.Sign(new AccountantDomain(network.Anvil.ChainId, network.Registry.Address).Digest(message), key);

    // A node that accepts only short ranges, as public ones do, in front of the real one.
    private async Task<string?> RefuseRangesAsync(string body, List<ulong> ranges, ulong limit)
    {
        using var request = JsonDocument.Parse(body);
        var filter = request.RootElement.GetProperty("params")[0];
        var length = Number(filter, "toBlock") - Number(filter, "fromBlock") + 1;
        ranges.Add(length);
        return length > limit
            ? """{"jsonrpc":"2.0","id":0,"error":{"code":-32005,"message":"query returned more than 10000 results"}}"""
            : await NodeStandIn.ForwardAsync(body, network.Anvil.Endpoint);
    }

    private static ulong Number(JsonElement filter, string field) => Convert.ToUInt64(filter.GetProperty(field).GetString(), 16);
}
