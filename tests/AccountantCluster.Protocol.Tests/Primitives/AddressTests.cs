namespace AccountantCluster.Protocol.Tests.Primitives;

public sealed class AddressTests
{
    [Theory]
    // The examples of EIP-55.
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void Shows_the_checksum_of_EIP_55(string text)
    {
        var address = Address.Parse(text);
        Assert.Equal(text, address.ToChecksumString());
        Assert.Equal(text.ToLowerInvariant(), address.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169E")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7ff")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EG7")]
    [InlineData("0X52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData(" 0x52908400098527886E0F7030069857D2E4169EE7")]
    public void Refuses_anything_but_40_digits(string? text)
    {
        Assert.False(Address.TryParse(text, out var address));
        Assert.True(address.IsZero);
    }

    [Fact]
    public void The_prefix_is_optional() =>
        Assert.Equal(Address.Parse("0xde709f2102306220921060314715629080e2fb77"), Address.Parse("DE709f2102306220921060314715629080e2fb77"));

    [Fact]
    public void Parse_says_what_it_expected() =>
        Assert.Equal("Expected a 20-byte address in hexadecimal.", Assert.Throws<FormatException>(() => Address.Parse("0x12")).Message);

    [Fact]
    public void Is_padded_on_the_left() =>
        Assert.Equal(
            "0x000000000000000000000000de709f2102306220921060314715629080e2fb77",
            Address.Parse("0xde709f2102306220921060314715629080e2fb77").ToBytes32().ToString());

    [Fact]
    public void Is_ordered_as_a_big_endian_number()
    {
        string[] ascending =
        [
            "0x0000000000000000000000000000000000000000", "0x0000000000000000000000000000000000000001",
            "0x0000000000000000000000000000000100000000", "0x00000000000000010000000000000000ffffffff",
            "0x8000000000000000000000000000000000000000", "0xffffffffffffffffffffffffffffffffffffffff",
        ];
        var addresses = ascending.Select(Address.Parse).ToArray();
        Assert.Equal(addresses, addresses.Reverse().Order());
        for (var i = 1; i < addresses.Length; i++)
        {
            Assert.True(addresses[i - 1] < addresses[i] && addresses[i] > addresses[i - 1] && addresses[i - 1] != addresses[i]);
            Assert.True(addresses[i - 1] <= addresses[i] && addresses[i] >= addresses[i - 1]);
            Assert.False(addresses[i] <= addresses[i - 1] || addresses[i - 1] >= addresses[i]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(21)]
    public void Needs_20_bytes(int length) => Assert.Throws<ArgumentException>(() => new Address(new byte[length]));

    [Fact]
    public void Only_the_zero_address_is_zero()
    {
        Assert.True(Address.Zero.IsZero);
        for (var i = 0; i < Address.Length; i++)
        {
            var bytes = new byte[Address.Length];
            bytes[i] = 1;
            Assert.False(new Address(bytes).IsZero);
            Assert.Equal(bytes, new Address(bytes).ToArray());
        }
    }
}
