using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>
/// Who speaks: the ExchangeSession signature over a fresh challenge, without which anyone could fill a provider's windows (protocol §4).
/// </summary>
internal sealed class SessionVerifier(AccountantTerms terms, ICurve curve, VerificationPool pool, EdgeLimits limits, TimeProvider time)
{
    /// <summary>The caller's identity, for one challenge that only this caller was given.</summary>
    /// <exception cref="Grpc.Core.RpcException">MALFORMED, UNAUTHENTICATED or OVERLOADED.</exception>
    public Task<Address> VerifyAsync(Wire.Session? session, Bytes32 challenge, CancellationToken cancellation) =>
        VerifyAsync(session, shown => shown == challenge, cancellation);

    /// <summary>
    /// The caller's identity; whether the challenge is one that it may sign is for <paramref name="isChallengeValid"/> to say.
    /// </summary>
    /// <exception cref="Grpc.Core.RpcException">MALFORMED, UNAUTHENTICATED or OVERLOADED.</exception>
    public async Task<Address> VerifyAsync(Wire.Session? session, Func<Bytes32, bool> isChallengeValid, CancellationToken cancellation)
    {
        if (session is null) throw Refusal.Because(RejectionReason.Unauthenticated, "no session");
        if (!WireFormat.TryReadAddress(session.Provider.Span, out var identity, out _)
            || !WireFormat.TryReadBytes32(session.Challenge.Span, out var challenge, out _))
        {
            throw Refusal.Because(RejectionReason.Malformed, "a field of the session has the wrong length");
        }
        if (!isChallengeValid(challenge))
            throw Refusal.Because(RejectionReason.Unauthenticated, "the challenge is not the one given, or it has expired");
        CheckDeadline(session.Deadline);

        var isSigned = false;
        if (WireFormat.TryReadSignature(session.Signature.Span, out var signature, out _))
        {
            if (!pool.TryReserve(1)) throw Refusal.Because(RejectionReason.Overloaded, "too many signatures wait for verification");
            var digest = terms.Domain.Digest(new ExchangeSession(identity, challenge, session.Deadline));
            isSigned = await pool.IsSignedAsync(curve, digest, signature, identity, cancellation);
        }
        return isSigned ? identity : throw Refusal.Because(RejectionReason.Unauthenticated, "the signature is not the named identity's");
    }

    private void CheckDeadline(ulong deadline)
    {
        var now = time.GetUtcNow();
        if (deadline < (ulong)now.ToUnixTimeSeconds())
            throw Refusal.Because(RejectionReason.Unauthenticated, "the session's deadline has passed");
        if (deadline > (ulong)(now + limits.SessionLifetime).ToUnixTimeSeconds())
            throw Refusal.Because(RejectionReason.Unauthenticated, $"a deadline is at most {limits.SessionLifetime.TotalSeconds} s ahead");
    }
}
