namespace AccountantCluster.Protocol;

/// <summary>The provider takes loan back: cumulative, like a promise (protocol §6).</summary>
/// <param name="ChannelId">The provider channel.</param>
/// <param name="TotalReturned">Cumulative amount returned.</param>
/// <param name="Deadline">Unix time in seconds until which the signature holds, inclusive.</param>
public readonly record struct ReturnLoan(
    Bytes32 ChannelId,
    Amount TotalReturned,
    ulong Deadline) : ITypedMessage
{
    private static readonly Bytes32 TypeHash = StructHasher.TypeHash(
        "ReturnLoan(bytes32 channelId,uint256 totalReturned,uint256 deadline)");

    /// <inheritdoc/>
    public Bytes32 HashStruct()
    {
        var hasher = new StructHasher(stackalloc byte[4 * Bytes32.Length], TypeHash);
        hasher.Add(ChannelId);
        hasher.Add(TotalReturned);
        hasher.Add(Deadline);
        return hasher.Hash();
    }
}
