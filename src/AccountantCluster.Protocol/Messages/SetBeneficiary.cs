namespace AccountantCluster.Protocol;

/// <summary>Changes where a provider channel's settlements go (protocol §6).</summary>
/// <param name="ChannelId">The provider channel.</param>
/// <param name="Beneficiary">The new destination.</param>
/// <param name="Nonce">The channel's counter.</param>
/// <param name="Deadline">Unix time in seconds until which the signature holds, inclusive.</param>
public readonly record struct SetBeneficiary(
    Bytes32 ChannelId,
    Address Beneficiary,
    ulong Nonce,
    ulong Deadline) : ITypedMessage
{
    private static readonly Bytes32 TypeHash = StructHasher.TypeHash(
        "SetBeneficiary(bytes32 channelId,address beneficiary,uint256 nonce,uint256 deadline)");

    /// <inheritdoc/>
    public Bytes32 HashStruct()
    {
        var hasher = new StructHasher(stackalloc byte[5 * Bytes32.Length], TypeHash);
        hasher.Add(ChannelId);
        hasher.Add(Beneficiary);
        hasher.Add(Nonce);
        hasher.Add(Deadline);
        return hasher.Hash();
    }
}
