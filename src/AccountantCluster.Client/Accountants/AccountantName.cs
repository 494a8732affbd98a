using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Accountants;

/// <summary>An accountant among others: contracts on two chains may have the same address.</summary>
/// <param name="ChainId">The blockchain.</param>
/// <param name="Accountant">The accountant's contract.</param>
public readonly record struct AccountantName(ulong ChainId, Address Accountant)
{
    /// <summary>The name of an accountant.</summary>
    public static AccountantName Of(AccountantProfile profile) => new(profile.ChainId, profile.Accountant);

    /// <inheritdoc/>
    public override string ToString() => $"{Accountant} on chain {ChainId}";
}
