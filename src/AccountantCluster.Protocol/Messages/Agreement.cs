namespace AccountantCluster.Protocol;

/// <summary>One service session: who is paid, which session, and its cumulative total after this payment (protocol §1).
/// All zero in a cover, a promise for no provider (protocol §4 rule 6). On chain only its <see cref="HashStruct"/> is passed.</summary>
/// <param name="Provider">Identity of the provider who is paid.</param>
/// <param name="Id">The session.</param>
/// <param name="Total">Cumulative total of the session in token base units.</param>
public readonly record struct Agreement(
    Address Provider,
    AgreementId Id,
    Amount Total) : ITypedMessage
{
    private static readonly Bytes32 TypeHash = StructHasher.TypeHash(
        "Agreement(address provider,uint256 agreementId,uint256 agreementTotal)");

    /// <inheritdoc/>
    public Bytes32 HashStruct()
    {
        var hasher = new StructHasher(stackalloc byte[4 * Bytes32.Length], TypeHash);
        hasher.Add(Provider);
        hasher.Add(Id.Value);
        hasher.Add(Total);
        return hasher.Hash();
    }
}
