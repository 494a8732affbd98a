namespace AccountantCluster.Protocol;

/// <summary>Registers an identity at an accountant, paid out of the tokens at its predicted channel address (paper §4.3). Signed in the registry's domain.</summary>
/// <param name="Identity">Who registers.</param>
/// <param name="Accountant">The accountant's contract.</param>
/// <param name="Loan">Lent to the accountant and locked in the provider channel.</param>
/// <param name="Beneficiary">Where settlements go, the identity itself if zero.</param>
/// <param name="Fee">The transaction maker's fee.</param>
/// <param name="TransactionMaker">Who is paid the fee, whoever sends.</param>
/// <param name="Deadline">Unix time in seconds until which the signature holds, inclusive.</param>
public readonly record struct RegisterIdentity(
    Address Identity,
    Address Accountant,
    Amount Loan,
    Address Beneficiary,
    Amount Fee,
    Address TransactionMaker,
    ulong Deadline) : ITypedMessage
{
    private static readonly Bytes32 TypeHash = StructHasher.TypeHash(
        "RegisterIdentity(address identity,address accountant,uint256 loan,address beneficiary,uint256 fee,address transactionMaker,uint256 deadline)");

    /// <inheritdoc/>
    public Bytes32 HashStruct()
    {
        var hasher = new StructHasher(stackalloc byte[8 * Bytes32.Length], TypeHash);
        hasher.Add(Identity);
        hasher.Add(Accountant);
        hasher.Add(Loan);
        hasher.Add(Beneficiary);
        hasher.Add(Fee);
        hasher.Add(TransactionMaker);
        hasher.Add(Deadline);
        return hasher.Hash();
    }
}
