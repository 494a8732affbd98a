namespace AccountantCluster.Protocol;

/// <summary>
/// Where a consumer channel is or will be deployed, so that it can be paid before it exists (paper §4.3): the registry creates an EIP-1167
/// proxy with immutable arguments by CREATE2, laid out as OpenZeppelin's <c>Clones.cloneDeterministicWithImmutableArgs</c> does (protocol
/// §6).
/// </summary>
public static class ConsumerChannelAddress
{
    // identity ‖ accountant ‖ token ‖ registry.
    private const int ArgumentsLength = 4 * Address.Length;

    // The deployed code: the proxy's 45 bytes and the arguments behind it.
    private const ushort RuntimeLength = 45 + ArgumentsLength;

    // PUSH2 length; returns that much of what follows.
    private static ReadOnlySpan<byte> CopyAndReturn => [0x3d, 0x81, 0x60, 0x0a, 0x3d, 0x39, 0xf3];

    // EIP-1167: a delegate call to the implementation, whose address stands in the middle.
    private static ReadOnlySpan<byte> ProxyHead => [0x36, 0x3d, 0x3d, 0x37, 0x3d, 0x3d, 0x3d, 0x36, 0x3d, 0x73];

    private static ReadOnlySpan<byte> ProxyTail =>
        [0x5a, 0xf4, 0x3d, 0x82, 0x80, 0x3e, 0x90, 0x3d, 0x91, 0x60, 0x2b, 0x57, 0xfd, 0x5b, 0xf3];

    /// <summary>The channel's address.</summary>
    /// <param name="registry">The registry's contract, which deploys.</param>
    /// <param name="implementation">The code that the proxy delegates to.</param>
    /// <param name="identity">The consumer; left-padded it is the salt.</param>
    /// <param name="accountant">The accountant's contract that the channel pays.</param>
    /// <param name="token">The registry's token.</param>
    public static Address Predict(Address registry, Address implementation, Address identity, Address accountant, Address token)
    {
        // EIP-1014: the last 20 bytes of keccak256(0xff ‖ deployer ‖ salt ‖ keccak256(creation code)).
        Span<byte> preimage = stackalloc byte[1 + Address.Length + (2 * Bytes32.Length)];
        preimage[0] = 0xff;
        registry.CopyTo(preimage[1..]);
        identity.ToBytes32().CopyTo(preimage[(1 + Address.Length)..]);
        HashCreationCode(registry, implementation, identity, accountant, token).CopyTo(preimage[(1 + Address.Length + Bytes32.Length)..]);
        Span<byte> hash = stackalloc byte[Bytes32.Length];
        Keccak256.Hash(preimage).CopyTo(hash);
        return new Address(hash[(Bytes32.Length - Address.Length)..]);
    }

    private static Bytes32 HashCreationCode(Address registry, Address implementation, Address identity, Address accountant, Address token)
    {
        Span<byte> code = stackalloc byte[3 + 7 + RuntimeLength];
        var rest = code;
        Append(ref rest, [0x61, RuntimeLength >> 8, RuntimeLength & 0xff]);
        Append(ref rest, CopyAndReturn);
        Append(ref rest, ProxyHead);
        Append(ref rest, implementation);
        Append(ref rest, ProxyTail);
        Append(ref rest, identity);
        Append(ref rest, accountant);
        Append(ref rest, token);
        Append(ref rest, registry);
        return Keccak256.Hash(code);
    }

    private static void Append(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    private static void Append(ref Span<byte> rest, Address address)
    {
        address.CopyTo(rest);
        rest = rest[Address.Length..];
    }
}
