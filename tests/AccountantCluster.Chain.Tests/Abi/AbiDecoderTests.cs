using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Chain.Tests.Abi;

public sealed class AbiDecoderTests
{
    private static readonly Address Someone = Address.Parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");

    [Fact]
    public void What_was_encoded_is_read_again()
    {
        var encoded = new AbiEncoder()
            .Add(Someone)
            .AddString("text")
            .AddArray([1UL, 2UL, 3UL], (array, number) => array.AddTuple(new AbiEncoder().Add(number).AddBytes([(byte)number])))
            .Add(true)
            .Add(new Amount(9))
            .ToArray();

        var data = new AbiDecoder(encoded);

        Assert.Equal(Someone, data.ReadAddress());
        Assert.Equal("text", data.ReadString());
        var rows = data.ReadArray(array =>
        {
            var row = array.ReadDynamicTuple();
            return (Number: row.ReadUInt64(), Bytes: row.ReadBytes());
        });
        Assert.Equal([1UL, 2UL, 3UL], rows.Select(row => row.Number));
        Assert.Equal<byte[]>([[1], [2], [3]], rows.Select(row => row.Bytes));
        Assert.True(data.ReadBool());
        Assert.Equal(new Amount(9), data.ReadAmount());
    }

    [Fact]
    public void A_value_that_does_not_fit_its_type_is_refused()
    {
        var full = Enumerable.Repeat((byte)0xff, 32).ToArray();

        Assert.Throws<AbiException>(() => new AbiDecoder(full).ReadAddress());
        Assert.Throws<AbiException>(() => new AbiDecoder(full).ReadAmount());
        Assert.Throws<AbiException>(() => new AbiDecoder(full).ReadUInt64());
        Assert.Throws<AbiException>(() => new AbiDecoder(full).ReadBool());
        Assert.Throws<AbiException>(() => new AbiDecoder(full).ReadBytes());
        Assert.Throws<AbiException>(() => new AbiDecoder(full).ReadArray(array => array.ReadBytes32()));
        Assert.Throws<AbiException>(() => new AbiDecoder(new AbiEncoder().AddBytes([0xff]).ToArray()).ReadString());
    }

    [Fact]
    public void Data_that_ends_early_is_refused()
    {
        var encoded = new AbiEncoder().Add(7UL).AddBytes([1, 2, 3]).ToArray();

        Assert.Throws<AbiException>(() => new AbiDecoder(encoded.AsMemory(0, 31)).ReadUInt64());
        for (var length = 32; length < 99; length++)
        {
            var data = new AbiDecoder(encoded.AsMemory(0, length));
            Assert.Equal(7UL, data.ReadUInt64());
            Assert.Throws<AbiException>(() => data.ReadBytes());
        }
    }

    [Fact]
    public void A_length_beyond_the_data_is_refused_before_anything_is_allocated()
    {
        // The offset of the array, then a length of 2^31-1 and nothing behind it.
        byte[] data = [.. Bytes32.FromUInt128(32).ToArray(), .. Bytes32.FromUInt128(int.MaxValue).ToArray()];

        Assert.Throws<AbiException>(() => new AbiDecoder(data).ReadArray(array => array.ReadBytes32()));
        Assert.Throws<AbiException>(() => new AbiDecoder(data).ReadBytes());
    }

    [Fact]
    public void Any_bytes_end_in_values_or_in_the_named_exception() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        try
        {
            var data = new AbiDecoder(bytes);
            data.ReadArray(array => array.ReadDynamicTuple().ReadBytes());
            data.ReadString();
        }
        catch (AbiException)
        {
            // The other way to end.
        }
    });
}
