using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>
/// Rule 1 of protocol §4, as far as it needs no channel: form, amounts, signature, provider; the reason that is reported follows this
/// order. Everything that is signed is recomputed; nothing is taken from the wire that can be derived.
/// </summary>
internal sealed class PromiseCheck(AccountantTerms terms, ICurve curve, KnownConsumers known)
{
    /// <summary>Judges one promise that <paramref name="caller"/>, the identity that opened the session, hands in.</summary>
    public PromiseVerdict Check(Address caller, Wire.ConsumerPromise wire)
    {
        var reason = WireReader.ReadPromise(wire, out var consumer, out var amount, out var hashlock, out var agreement);
        if (reason != RejectionReason.None) return reason;
        if (!WireFormat.TryReadSignature(wire.Signature.Span, out var signature, out reason)) return reason;

        var isKnown = known.TryGet(consumer, out var remembered);
        var channel = isKnown ? remembered.Channel : terms.ChannelOf(consumer);
        var promise = new ConsumerPromise(ChannelId.OfConsumer(channel), amount, hashlock, agreement);
        var digest = terms.Domain.Digest(promise);
        if (isKnown)
        {
            if (!curve.Verify(digest, signature, remembered.Key)) return RejectionReason.InvalidSignature;
        }
        else
        {
            if (!curve.TryRecoverKey(digest, signature, out var key) || key.ToAddress() != consumer)
                return RejectionReason.InvalidSignature;
            known.Add(consumer, new KnownConsumer(channel, key));
        }

        var verified = new VerifiedPromise(consumer, channel, promise, signature);
        // A cover is for no provider: its consumer alone may hand it in (protocol §4 rule 6).
        var payee = verified.IsCover ? consumer : agreement.Provider;
        return payee == caller ? new PromiseVerdict(RejectionReason.None, verified) : RejectionReason.WrongProvider;
    }
}
