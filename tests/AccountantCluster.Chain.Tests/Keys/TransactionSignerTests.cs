using AccountantCluster.Chain.Tests.JsonRpc;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Keys;

/// <summary>What every signer of transactions does: one with the key, and one over JSON-RPC, for which anvil keeps keys.</summary>
[Collection(LocalNetworkGroup.Name)]
public sealed class TransactionSignerTests(LocalNetworkFixture network) : IDisposable
{
    private static readonly Address Someone = Address.Parse("0x00000000000000000000000000000000000000aa");

    private readonly PrivateKey _key = network.NewFundedKey();
    private readonly HttpClient _http = new();

    public enum Kind
    {
        Local,
        Remote,
    }

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(Kind.Local)]
    [InlineData(Kind.Remote)]
    public async Task What_it_signs_is_mined_as_its_address_transaction(Kind kind)
    {
        var signer = Signer(kind);
        Assert.Equal(_key.Address, signer.Address);
        foreach (var transaction in await TransactionsAsync())
        {
            var signature = await signer.SignAsync(transaction, CancellationToken.None);
            Assert.True(Curve.Default.TryRecover(transaction.SigningHash(), signature, out var by));
            Assert.Equal(_key.Address, by);
            await network.Client.SendRawTransactionAsync(transaction.With(signature).Raw, CancellationToken.None);
            await network.Anvil.MineAsync();
            var receipt = await network.Client.GetTransactionReceiptAsync(transaction.With(signature).Hash);
            Assert.True(receipt!.Succeeded);
        }
    }

    [Fact]
    public async Task A_remote_one_without_the_key_refuses()
    {
        using var unknown = PrivateKey.Generate();
        var signer = new RemoteTransactionSigner(_http, network.Anvil.Endpoint, unknown.Address, new EthereumClientOptions());
        await Assert.ThrowsAsync<RpcException>(async () => await signer.SignAsync((await TransactionsAsync())[0], CancellationToken.None));
    }

    [Fact]
    public async Task One_that_is_away_is_unavailable()
    {
        await using var nobody = new NodeStandIn(_ => Task.FromResult<string?>(null));
        await Assert.ThrowsAsync<EthereumUnavailableException>(() => AskAsync(nobody));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"0x\"")]
    [InlineData("\"0x02c0\"")]
    [InlineData("{\"tx\":{}}")]
    [InlineData("{\"raw\":17}")]
    public async Task What_is_no_transaction_is_refused(string result)
    {
        await using var liar = new NodeStandIn(_ => Task.FromResult<string?>($$"""{"jsonrpc":"2.0","id":0,"result":{{result}}}"""));
        await Assert.ThrowsAsync<EthereumUnavailableException>(() => AskAsync(liar));
    }

    [Fact]
    public async Task So_is_another_transaction_and_one_with_something_behind_it_and_Clefs_answer_is_read()
    {
        var asked = (await TransactionsAsync())[0];
        var signed = asked.Sign(_key, Curve.Default).Raw.ToArray();
        await RefusesAsync((asked with { Nonce = asked.Nonce + 1 }).Sign(_key, Curve.Default).Raw.ToArray());
        await RefusesAsync((asked with { GasLimit = asked.GasLimit + 1 }).Sign(_key, Curve.Default).Raw.ToArray());
        await RefusesAsync([.. signed, 0]);
        await RefusesAsync(signed[..^1]);
        await using var clef = Answering($$$"""{"raw":"0x{{{Convert.ToHexStringLower(signed)}}}","tx":{}}""");
        Assert.Equal(signed, asked.With(await AskAsync(clef, asked)).Raw.ToArray());

        async Task RefusesAsync(byte[] raw)
        {
            await using var liar = Answering($"\"0x{Convert.ToHexStringLower(raw)}\"");
            await Assert.ThrowsAsync<EthereumUnavailableException>(() => AskAsync(liar, asked));
        }
    }

    private static NodeStandIn Answering(string result) =>
        new(_ => Task.FromResult<string?>($$"""{"jsonrpc":"2.0","id":0,"result":{{result}}}"""));

    private async Task<Signature> AskAsync(NodeStandIn where, Eip1559Transaction? transaction = null) =>
        await new RemoteTransactionSigner(_http, where.Endpoint, _key.Address, new EthereumClientOptions())
            .SignAsync(transaction ?? (await TransactionsAsync())[0], CancellationToken.None);

    private ITransactionSigner Signer(Kind kind) => kind == Kind.Local
        ? new LocalTransactionSigner(_key, Curve.Default)
        : new RemoteTransactionSigner(_http, network.Anvil.Endpoint, _key.Address, new EthereumClientOptions());

    private async Task<Eip1559Transaction[]> TransactionsAsync()
    {
        var nonce = await network.Client.GetTransactionCountAsync(_key.Address, BlockReference.Latest);
        var fees = await network.Client.GetFeeSuggestionAsync();
        Eip1559Transaction Make(ulong number, ulong gas, TransactionRequest request) => new(
            network.Anvil.ChainId,
            nonce + number,
            fees.PriorityFeePerGasWei,
            (fees.NextBaseFeePerGasWei * 2) + fees.PriorityFeePerGasWei,
            gas,
            request);
        return
        [
            Make(0, 21_000, TransactionRequest.Pay(Someone, 1)),
            Make(1, 60_000, new TransactionRequest(Someone, Enumerable.Range(0, 300).Select(number => (byte)(number % 256)).ToArray())),
            Make(2, 5_000_000, new TransactionRequest(null, ContractArtifact.DevelopmentToken.Bytecode)),
        ];
    }
}
