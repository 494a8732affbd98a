namespace AccountantCluster.Protocol;

/// <summary>Channel ids as they stand in signed messages; always recomputed, never taken from the wire (protocol §2).</summary>
public static class ChannelId
{
    /// <summary>The consumer channel's address, left-padded.</summary>
    public static Bytes32 OfConsumer(Address channelAddress) => channelAddress.ToBytes32();

    /// <summary>keccak256(abi.encodePacked(provider, accountantContract)).</summary>
    public static Bytes32 OfProvider(Address provider, Address accountant)
    {
        Span<byte> packed = stackalloc byte[2 * Address.Length];
        provider.CopyTo(packed);
        accountant.CopyTo(packed[Address.Length..]);
        return Keccak256.Hash(packed);
    }
}
