using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>
/// An identity's wish to be registered: anyone may send it, and is paid the fee that it names if it names them (paper §4.3, §4.6).
/// </summary>
/// <param name="Message">What was signed, in the registry's domain.</param>
/// <param name="Signature">The identity's.</param>
public sealed record SignedRegistration(RegisterIdentity Message, Signature Signature)
{
    /// <summary>Signs a registration.</summary>
    /// <param name="profile">The accountant.</param>
    /// <param name="key">The identity's key.</param>
    /// <param name="deadline">Unix time in seconds until which it holds.</param>
    /// <param name="loan">Lent to the accountant, in token base units: providers lend, consumers do not.</param>
    /// <param name="beneficiary">Where settlements go; null for the identity itself.</param>
    /// <param name="fee">What the transaction maker gets out of the channel, in token base units.</param>
    /// <param name="transactionMaker">Who gets it, whoever sends.</param>
    /// <param name="curve">Signs; the machine's fastest by default.</param>
    public static SignedRegistration Sign(
        AccountantProfile profile,
        PrivateKey key,
        ulong deadline,
        Amount loan = default,
        Address? beneficiary = null,
        Amount fee = default,
        Address transactionMaker = default,
        ICurve? curve = null)
    {
        var message = new RegisterIdentity(
            key.Address, profile.Accountant, loan, beneficiary ?? Address.Zero, fee, transactionMaker, deadline);
        return new SignedRegistration(message, (curve ?? Curve.Default).Sign(profile.RegistryDomain.Digest(message), key));
    }
}
