using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;
using Google.Protobuf;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Client.Exchange;

/// <summary>Opens sessions: signs an accountant's challenges in the name of one identity (protocol §4).</summary>
internal sealed class SessionSigner(
    AccountantProfile profile, PrivateKey key, ExchangeClientOptions options, ICurve curve, TimeProvider time)
{
    /// <exception cref="AccountantUnavailableException">The challenge is none.</exception>
    public Wire.Session Sign(ByteString challenge)
    {
        if (!WireFormat.TryReadBytes32(challenge.Span, out var word, out _)) throw WireMapping.Malformed("a challenge");
        var deadline = (ulong)(time.GetUtcNow() + options.SessionLifetime).ToUnixTimeSeconds();
        var message = new ExchangeSession(key.Address, word, deadline);
        return new Wire.Session
        {
            Provider = key.Address.ToWire(),
            Challenge = challenge,
            Deadline = deadline,
            Signature = ByteString.CopyFrom(curve.Sign(profile.Domain.Digest(message), key).ToArray()),
        };
    }
}
