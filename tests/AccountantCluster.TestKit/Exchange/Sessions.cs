using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;
using Google.Protobuf;

namespace AccountantCluster.TestKit;

/// <summary>Session messages, written here by hand so that the SDK is not its own judge.</summary>
internal static class Sessions
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>A deadline that the accountant takes.</summary>
    public static ulong Soon => DeadlineIn(Lifetime);

    /// <summary>Unix time in seconds, so much from now.</summary>
    public static ulong DeadlineIn(TimeSpan ahead) => (ulong)(TimeProvider.System.GetUtcNow() + ahead).ToUnixTimeSeconds();

    /// <summary>A session of <paramref name="provider"/>, signed by <paramref name="signer"/>.</summary>
    public static Wire.Session Sign(AccountantProfile profile, Address provider, PrivateKey signer, ByteString challenge, ulong deadline)
    {
        var message = new ExchangeSession(provider, new Bytes32(challenge.Span), deadline);
        return new Wire.Session
        {
            Provider = ByteString.CopyFrom(provider.ToArray()),
            Challenge = challenge,
            Deadline = deadline,
            Signature = ByteString.CopyFrom(Curve.Default.Sign(profile.Domain.Digest(message), signer).ToArray()),
        };
    }
}
