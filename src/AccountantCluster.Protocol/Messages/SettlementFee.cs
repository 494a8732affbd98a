namespace AccountantCluster.Protocol;

/// <summary>What the receiver of a settlement pays a transaction maker, inside the same call (paper §4.6, protocol §3).</summary>
/// <param name="ChannelId">The provider channel.</param>
/// <param name="TotalFee">Cumulative fee in token base units.</param>
/// <param name="TransactionMaker">Who is paid, whoever sends.</param>
/// <param name="MinSettled">No fee unless the channel's settled total reaches this.</param>
/// <param name="Deadline">Unix time in seconds until which the signature holds, inclusive.</param>
public readonly record struct SettlementFee(
    Bytes32 ChannelId,
    Amount TotalFee,
    Address TransactionMaker,
    Amount MinSettled,
    ulong Deadline) : ITypedMessage
{
    private static readonly Bytes32 TypeHash = StructHasher.TypeHash(
        "SettlementFee(bytes32 channelId,uint256 totalFee,address transactionMaker,uint256 minSettled,uint256 deadline)");

    /// <inheritdoc/>
    public Bytes32 HashStruct()
    {
        var hasher = new StructHasher(stackalloc byte[6 * Bytes32.Length], TypeHash);
        hasher.Add(ChannelId);
        hasher.Add(TotalFee);
        hasher.Add(TransactionMaker);
        hasher.Add(MinSettled);
        hasher.Add(Deadline);
        return hasher.Hash();
    }
}
