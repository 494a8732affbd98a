namespace AccountantCluster.Chain.Tests.Rlp;

/// <summary>The examples of the RLP specification, and the borders between its forms.</summary>
public sealed class RlpEncoderTests
{
    [Theory]
    [InlineData("", "80")]
    [InlineData("00", "00")]
    [InlineData("7f", "7f")]
    [InlineData("80", "8180")]
    [InlineData("646f67", "83646f67")]
    public void Short_strings(string bytes, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(RlpEncoder.Bytes(Convert.FromHexString(bytes))));

    [Theory]
    [InlineData(55, "b7")]
    [InlineData(56, "b838")]
    [InlineData(255, "b8ff")]
    [InlineData(256, "b90100")]
    [InlineData(70_000, "ba011170")]
    public void Long_strings(int length, string prefix)
    {
        var bytes = Enumerable.Repeat((byte)0xaa, length).ToArray();

        Assert.Equal(prefix + Convert.ToHexStringLower(bytes), Convert.ToHexStringLower(RlpEncoder.Bytes(bytes)));
    }

    [Theory]
    [InlineData(0, "80")]
    [InlineData(15, "0f")]
    [InlineData(1024, "820400")]
    [InlineData(ulong.MaxValue, "88ffffffffffffffff")]
    public void Numbers_have_no_leading_zeros(ulong number, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(RlpEncoder.Number(number)));

    [Fact]
    public void Lists_nest()
    {
        // [ [], [[]], [ [], [[]] ] ], the set-theoretical representation of three.
        var none = RlpEncoder.List();
        var one = RlpEncoder.List(none);

        Assert.Equal("c7c0c1c0c3c0c1c0", Convert.ToHexStringLower(RlpEncoder.List(none, one, RlpEncoder.List(none, one))));
        Assert.Equal(
            "f838" + new string('0', 112), Convert.ToHexStringLower(RlpEncoder.List([.. Enumerable.Repeat(RlpEncoder.Bytes([0]), 56)])));
    }
}
