using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Abi;

/// <summary>The judge is cast, not our own decoder.</summary>
[Collection(LocalNetworkGroup.Name)]
public sealed class AbiEncoderTests(LocalNetworkFixture network)
{
    private static readonly Address Someone = Address.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    private static readonly Bytes32 Word = Keccak256.Hash("word"u8);

    [Fact]
    public async Task Static_values_and_static_tuples()
    {
        var encoded = new AbiEncoder()
            .Add(Someone).Add(Amount.MaxValue).Add(Word).Add(true)
            .AddTuple(new AbiEncoder().Add(Someone).Add(7UL))
            .ToArray();

        await AssertAsync(
            encoded, "f(address,uint256,bytes32,bool,(address,uint16))",
            Someone.ToString(), Amount.MaxValue.ToString(), Word.ToString(), "true", $"({Someone},7)");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(65)]
    public async Task Bytes_of_any_length_and_text(int length)
    {
        var bytes = Enumerable.Range(1, length).Select(number => (byte)number).ToArray();

        var encoded = new AbiEncoder().AddBytes(bytes).Add(5UL).AddString("zażółć").ToArray();

        await AssertAsync(encoded, "f(bytes,uint64,string)", "0x" + Convert.ToHexStringLower(bytes), "5", "zażółć");
    }

    [Fact]
    public async Task Arrays_of_static_values_of_dynamic_tuples_and_of_nothing()
    {
        var encoded = new AbiEncoder()
            .AddArray([Someone, Address.Zero], (array, item) => array.Add(item))
            .AddArray(
                [1UL, 2UL],
                (array, number) => array.AddTuple(new AbiEncoder()
                    .Add(Someone)
                    .AddBytes([1, 2, 3])
                    .AddTuple(new AbiEncoder().Add(number).AddBytes([]))))
            .AddArray(Array.Empty<Address>(), (array, item) => array.Add(item))
            .ToArray();

        await AssertAsync(
            encoded, "f(address[],(address,bytes,(uint256,bytes))[],address[])",
            $"[{Someone},{Address.Zero}]", $"[({Someone},0x010203,(1,0x)),({Someone},0x010203,(2,0x))]", "[]");
    }

    [Fact]
    public async Task A_call_of_a_batch_is_what_cast_makes_of_it()
    {
        using var key = PrivateKey.Generate();
        var signature = Curve.Default.Sign(Word, key);
        var fee = new SignedSettlementFee(new SettlementFee(Word, new Amount(3), Someone, new Amount(9), 1_900_000_000), signature);
        var accountant = new AccountantContract(network.Client, Someone);

        var call = accountant.SettlePromises(
        [
            new PromiseToSettle(Someone, new Amount(100), new Preimage(Word), signature),
            new PromiseToSettle(Someone, new Amount(200), new Preimage(Word), signature, fee),
        ]);

        var expected = await network.CastAsync(
            "calldata", AccountantAbi.SettlePromises.Signature,
            $"[({Someone},100,{Word},{signature},(0,{Address.Zero},0,0,0x)),"
            + $"({Someone},200,{Word},{signature},(3,{Someone},9,1900000000,{signature}))]");
        Assert.Equal(expected, "0x" + Convert.ToHexStringLower(call.Data.Span));
    }

    private async Task AssertAsync(byte[] encoded, string signature, params string[] values)
    {
        var expected = await network.CastAsync(["abi-encode", signature, .. values]);
        Assert.Equal(expected, "0x" + Convert.ToHexStringLower(encoded));
    }
}
