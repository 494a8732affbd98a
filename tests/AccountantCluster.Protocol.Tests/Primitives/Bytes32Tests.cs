using System.Numerics;
using CsCheck;

namespace AccountantCluster.Protocol.Tests.Primitives;

public sealed class Bytes32Tests
{
    [Fact]
    public void Bytes_and_text_bring_it_back() =>
        Generate.Bytes32.Sample(word =>
            new Bytes32(word.ToArray()) == word && Bytes32.Parse(word.ToString()) == word && Bytes32.Parse(word.ToString()[2..]) == word);

    [Fact]
    public void Is_ordered_as_a_big_endian_number() =>
        Gen.Select(Generate.Bytes32, Generate.Bytes32, Gen.Int[0, 32]).Sample((left, other, common) =>
        {
            // Words that differ late are rare by chance.
            var right = new Bytes32([.. left.ToArray()[..common], .. other.ToArray()[common..]]);
            var order = ToNumber(left).CompareTo(ToNumber(right));
            Assert.Equal(order, left.CompareTo(right));
            Assert.Equal((order < 0, order <= 0, order > 0, order >= 0), (left < right, left <= right, left > right, left >= right));
            Assert.Equal((order == 0, order != 0), (left == right, left != right));
            Assert.Equal(order == 0, left.Equals((object)right));
        });

    [Fact]
    public void Numbers_of_128_bits_come_back_and_larger_ones_do_not()
    {
        Generate.Units.Sample(units => Bytes32.FromUInt128(units).TryToUInt128(out var read) && read == units);
        Assert.False(Bytes32.Parse("0x" + new string('0', 31) + "1" + new string('0', 32)).TryToUInt128(out _));
        Assert.False(Bytes32.Parse("0x1" + new string('0', 63)).TryToUInt128(out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Needs_32_bytes(int length) => Assert.Throws<ArgumentException>(() => new Bytes32(new byte[length]));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e")]
    [InlineData("0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20")]
    [InlineData("0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1g")]
    public void Refuses_anything_but_64_digits(string? text)
    {
        Assert.False(Bytes32.TryParse(text, out var word));
        Assert.True(word.IsZero);
        if (text is not null) Assert.Throws<FormatException>(() => Bytes32.Parse(text));
    }

    [Fact]
    public void Every_bit_counts()
    {
        Assert.True(default(Bytes32).IsZero);
        for (var bit = 0; bit < 256; bit++)
        {
            var bytes = new byte[Bytes32.Length];
            bytes[bit / 8] = (byte)(1 << (bit % 8));
            var word = new Bytes32(bytes);
            Assert.False(word.IsZero);
            Assert.NotEqual(default, word);
            Assert.Equal(bytes, word.ToArray());
        }
    }

    [Fact]
    public void Agreement_ids_are_ordered_as_their_numbers()
    {
        AgreementId low = AgreementId.From(1), high = new(Bytes32.Parse("0x1" + new string('0', 63)));
        Assert.True(low < high && low <= high && high > low && high >= low);
        Assert.False(high < low || high <= low || low > high || low >= high);
        Assert.Equal(low, AgreementId.From(1));
        Assert.Equal([low, high], new[] { high, low }.Order());
    }

    private static BigInteger ToNumber(Bytes32 word) => new(word.ToArray(), isUnsigned: true, isBigEndian: true);
}
