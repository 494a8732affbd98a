namespace AccountantCluster.Protocol;

/// <summary>Consumer and operator agree that an exact amount leaves a consumer channel at once (protocol §6).</summary>
/// <param name="ChannelId">The consumer channel.</param>
/// <param name="Beneficiary">Where the money goes.</param>
/// <param name="Amount">Exactly this much is paid.</param>
/// <param name="Nonce">The channel's counter.</param>
/// <param name="Deadline">Unix time in seconds until which the signature holds, inclusive.</param>
public readonly record struct ConsentExit(
    Bytes32 ChannelId,
    Address Beneficiary,
    Amount Amount,
    ulong Nonce,
    ulong Deadline) : ITypedMessage
{
    private static readonly Bytes32 TypeHash = StructHasher.TypeHash(
        "ConsentExit(bytes32 channelId,address beneficiary,uint256 amount,uint256 nonce,uint256 deadline)");

    /// <inheritdoc/>
    public Bytes32 HashStruct()
    {
        var hasher = new StructHasher(stackalloc byte[6 * Bytes32.Length], TypeHash);
        hasher.Add(ChannelId);
        hasher.Add(Beneficiary);
        hasher.Add(Amount);
        hasher.Add(Nonce);
        hasher.Add(Deadline);
        return hasher.Hash();
    }
}
