namespace AccountantCluster.Protocol;

/// <summary>Opens an exchange stream: proves who hands promises in (protocol §4).</summary>
/// <param name="Provider">Identity of the caller.</param>
/// <param name="Challenge">The accountant's fresh challenge.</param>
/// <param name="Deadline">Unix time in seconds until which the signature holds, inclusive.</param>
public readonly record struct ExchangeSession(
    Address Provider,
    Bytes32 Challenge,
    ulong Deadline) : ITypedMessage
{
    private static readonly Bytes32 TypeHash = StructHasher.TypeHash(
        "ExchangeSession(address provider,bytes32 challenge,uint256 deadline)");

    /// <inheritdoc/>
    public Bytes32 HashStruct()
    {
        var hasher = new StructHasher(stackalloc byte[4 * Bytes32.Length], TypeHash);
        hasher.Add(Provider);
        hasher.Add(Challenge);
        hasher.Add(Deadline);
        return hasher.Hash();
    }
}
