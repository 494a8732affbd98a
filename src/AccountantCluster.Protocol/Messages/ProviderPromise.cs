namespace AccountantCluster.Protocol;

/// <summary>The accountant's cumulative promise to a provider channel, signed by an operator key (paper §4.4).</summary>
/// <param name="ChannelId">keccak256(abi.encodePacked(provider, accountantContract)).</param>
/// <param name="Amount">Cumulative amount promised to the provider, after the accountant's fee.</param>
/// <param name="Hashlock">The provider's hashlock.</param>
public readonly record struct ProviderPromise(
    Bytes32 ChannelId,
    Amount Amount,
    Hashlock Hashlock) : ITypedMessage
{
    private static readonly Bytes32 TypeHash = StructHasher.TypeHash(
        "ProviderPromise(bytes32 channelId,uint256 amount,bytes32 hashlock)");

    /// <inheritdoc/>
    public Bytes32 HashStruct()
    {
        var hasher = new StructHasher(stackalloc byte[4 * Bytes32.Length], TypeHash);
        hasher.Add(ChannelId);
        hasher.Add(Amount);
        hasher.Add(Hashlock.Value);
        return hasher.Hash();
    }
}
