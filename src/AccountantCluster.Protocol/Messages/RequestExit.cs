namespace AccountantCluster.Protocol;

/// <summary>A consumer announces that it takes the rest of its channel out (protocol §6).</summary>
/// <param name="ChannelId">The consumer channel.</param>
/// <param name="Beneficiary">Where the money goes.</param>
/// <param name="Nonce">The channel's counter.</param>
/// <param name="Deadline">Unix time in seconds until which the signature holds, inclusive.</param>
public readonly record struct RequestExit(
    Bytes32 ChannelId,
    Address Beneficiary,
    ulong Nonce,
    ulong Deadline) : ITypedMessage
{
    private static readonly Bytes32 TypeHash = StructHasher.TypeHash(
        "RequestExit(bytes32 channelId,address beneficiary,uint256 nonce,uint256 deadline)");

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
