namespace AccountantCluster.Protocol.Tests.Channels;

public sealed class ChannelIdTests
{
    private static readonly Address Channel = Address.Parse("0x1111111111111111111111111111111111111111");
    private static readonly Address Accountant = Address.Parse("0x2222222222222222222222222222222222222222");

    [Fact]
    public void A_consumer_channels_id_is_its_padded_address() =>
        Assert.Equal("0x0000000000000000000000001111111111111111111111111111111111111111", ChannelId.OfConsumer(Channel).ToString());

    // cast keccak of the 40 bytes.
    [Fact]
    public void A_provider_channels_id_is_the_hash_of_provider_and_accountant() =>
        Assert.Equal("0xa284ddd69adb56d959922d24c73d2cd9e6b24d5e789a4106eca975c86ec900e1", ChannelId.OfProvider(Channel, Accountant).ToString());

    [Fact]
    public void Provider_and_accountant_do_not_commute() =>
        Assert.NotEqual(ChannelId.OfProvider(Channel, Accountant), ChannelId.OfProvider(Accountant, Channel));
}
