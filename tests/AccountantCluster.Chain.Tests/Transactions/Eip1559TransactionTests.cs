using System.Globalization;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Transactions;

/// <summary>The judge is cast: same key and fields, same bytes.</summary>
[Collection(LocalNetworkGroup.Name)]
public sealed class Eip1559TransactionTests(LocalNetworkFixture network)
{
    private static readonly Address Someone = Address.Parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 127, 32)]
    [InlineData(3, 128, 36)]
    [InlineData(4, 70_000, 5_000)]
    public async Task A_transaction_has_the_bytes_that_cast_makes(int account, ulong nonce, int dataLength)
    {
        using var key = DevelopmentAccounts.Key(account);
        var data = Enumerable.Range(0, dataLength).Select(number => (byte)(number * 7 % 256)).ToArray();
        var value = (UInt128)nonce * 1_000_000_000_000_000UL;
        var transaction = new Eip1559Transaction(
            31337, nonce, 1_000_000_007, 25_000_000_001, 21_000 + nonce, new TransactionRequest(Someone, data, value));

        var signed = transaction.Sign(key, Curve.Default);

        var expected = await network.CastAsync([.. Fields(key, transaction), Someone.ToString(), "0x" + Convert.ToHexStringLower(data)]);
        Assert.Equal(expected, "0x" + Convert.ToHexStringLower(signed.Raw.Span));
        Assert.Equal(await network.CastAsync("keccak", expected), signed.Hash.ToString());
    }

    [Fact]
    public async Task A_deployment_has_the_bytes_that_cast_makes()
    {
        using var key = DevelopmentAccounts.Key(5);
        var transaction = new Eip1559Transaction(
            1, 9, 0, 1, 5_000_000, new TransactionRequest(null, ContractArtifact.DevelopmentToken.Bytecode));

        var signed = transaction.Sign(key, Curve.Default);

        var expected = await network.CastAsync(
            [.. Fields(key, transaction), "--create", "0x" + Convert.ToHexStringLower(ContractArtifact.DevelopmentToken.Bytecode.Span)]);
        Assert.Equal(expected, "0x" + Convert.ToHexStringLower(signed.Raw.Span));
    }

    private static string[] Fields(PrivateKey key, Eip1559Transaction transaction)
    {
        // The key is known to everybody: it may stand in arguments.
        var secret = new byte[PrivateKey.Length];
        key.CopyTo(secret);
        return
        [
            "mktx",
            "--private-key", Convert.ToHexStringLower(secret),
            "--chain", transaction.ChainId.ToString(CultureInfo.InvariantCulture),
            "--nonce", transaction.Nonce.ToString(CultureInfo.InvariantCulture),
            "--priority-gas-price", transaction.MaxPriorityFeePerGasWei.ToString(CultureInfo.InvariantCulture),
            "--gas-price", transaction.MaxFeePerGasWei.ToString(CultureInfo.InvariantCulture),
            "--gas-limit", transaction.GasLimit.ToString(CultureInfo.InvariantCulture),
            "--value", transaction.Request.ValueWei.ToString(CultureInfo.InvariantCulture),
        ];
    }
}
