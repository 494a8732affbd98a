namespace AccountantCluster.Protocol;

/// <summary>The consumer's cumulative promise to its channel, bound to one agreement: the paper's whole ExchangeMessage (§4.4) in one signature.</summary>
/// <param name="ChannelId">Left-padded address of the consumer channel.</param>
/// <param name="Amount">Cumulative amount promised out of the channel, to everybody together.</param>
/// <param name="Hashlock">The provider's hashlock.</param>
/// <param name="Agreement">Who is paid, and for which session.</param>
public readonly record struct ConsumerPromise(
    Bytes32 ChannelId,
    Amount Amount,
    Hashlock Hashlock,
    Agreement Agreement) : ITypedMessage
{
    private static readonly Bytes32 TypeHash = StructHasher.TypeHash(
        "ConsumerPromise(bytes32 channelId,uint256 amount,bytes32 hashlock,Agreement agreement)Agreement(address provider,uint256 agreementId,uint256 agreementTotal)");

    /// <inheritdoc/>
    public Bytes32 HashStruct()
    {
        var hasher = new StructHasher(stackalloc byte[5 * Bytes32.Length], TypeHash);
        hasher.Add(ChannelId);
        hasher.Add(Amount);
        hasher.Add(Hashlock.Value);
        hasher.Add(Agreement.HashStruct());
        return hasher.Hash();
    }
}
