using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>
/// A consumer's wish to take its tokens back without the accountant's consent (protocol §6): anyone may send it until its deadline.
/// </summary>
/// <param name="Consumer">Identity of the consumer.</param>
/// <param name="Message">What was signed, in the accountant's domain.</param>
/// <param name="Signature">The consumer's.</param>
public sealed record SignedExitRequest(Address Consumer, RequestExit Message, Signature Signature)
{
    /// <summary>Signs a request.</summary>
    /// <param name="profile">The accountant.</param>
    /// <param name="key">The consumer's key.</param>
    /// <param name="beneficiary">Where the tokens go; not zero.</param>
    /// <param name="nonce">The channel's counter, as it stands on chain.</param>
    /// <param name="deadline">Unix time in seconds until which it can be sent.</param>
    /// <param name="curve">Signs; the machine's fastest by default.</param>
    public static SignedExitRequest Sign(
        AccountantProfile profile, PrivateKey key, Address beneficiary, ulong nonce, ulong deadline, ICurve? curve = null)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(beneficiary, default);
        var message = new RequestExit(ChannelId.OfConsumer(profile.ChannelOf(key.Address)), beneficiary, nonce, deadline);
        return new SignedExitRequest(key.Address, message, (curve ?? Curve.Default).Sign(profile.Domain.Digest(message), key));
    }
}
