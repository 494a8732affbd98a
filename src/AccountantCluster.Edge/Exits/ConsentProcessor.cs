using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Cluster;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Edge;

/// <summary>
/// The way of a consented exit: read, bounded in time, and its signature verified to be the caller's own for its own channel, before the
/// channel hears of it.
/// </summary>
internal sealed class ConsentProcessor(
    IExits exits,
    AccountantTerms terms,
    ICurve curve,
    VerificationPool pool,
    BadPromises bad,
    EdgeLimits limits,
    TimeProvider time,
    ILogger<ConsentProcessor> logger)
{
    /// <summary>The answer to the exit that <paramref name="caller"/>, the identity that signed the session, asks for.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone; the operator may have signed.</exception>
    public async Task<Wire.ConsentToExitResponse> ProcessAsync(
        Address caller, Wire.ConsentToExitRequest request, CancellationToken cancellation)
    {
        // A look into a table, before anything that costs a signature.
        if (bad.IsRefused(caller)) return Refused(RejectionReason.LimitExceeded);
        try
        {
            var channel = terms.ChannelOf(caller);
            var (reason, consent) = await CheckAsync(caller, channel, request, cancellation);
            if (reason is RejectionReason.Malformed or RejectionReason.AmountOutOfRange or RejectionReason.InvalidSignature)
                bad.Add(caller, 1);
            if (reason != RejectionReason.None) return Refused(reason);

            // The cluster keeps the deadline itself; twice that is for the case that it does not.
            var answer = await exits.ConsentAsync(channel, consent!, limits.RequestDeadline, cancellation)
                .WaitAsync(2 * limits.RequestDeadline, time, cancellation);
            return new Wire.ConsentToExitResponse
            {
                Reason = answer.Reason.ToWire(),
                Signature = answer.Signature?.ToWire() ?? Google.Protobuf.ByteString.Empty,
            };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A fault behind the seam is this call's, and nobody can say how far it got.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.LogError(exception, "An exit of {Caller} failed unexpectedly.", caller);
            return Refused(RejectionReason.OutcomeUnknown);
        }
    }

    private async Task<(RejectionReason Reason, ExitConsent? Consent)> CheckAsync(
        Address caller, Address channel, Wire.ConsentToExitRequest request, CancellationToken cancellation)
    {
        if (!WireFormat.TryReadAddress(request.Beneficiary.Span, out var beneficiary, out var reason)) return (reason, null);
        if (beneficiary.IsZero) return (RejectionReason.Malformed, null);
        if (!WireFormat.TryReadAmount(request.Amount.Span, allowZero: false, out var amount, out reason)) return (reason, null);
        if (!WireFormat.TryReadSignature(request.Signature.Span, out var signature, out reason)) return (reason, null);
        var now = (ulong)time.GetUtcNow().ToUnixTimeSeconds();
        if (request.Deadline < now) return (RejectionReason.Malformed, null);
        if (request.Deadline - now > ChannelLimits.ConsentSeconds) return (RejectionReason.LimitExceeded, null);

        var consent = new ExitConsent(beneficiary, amount, request.Nonce, request.Deadline);
        if (!pool.TryReserve(1)) return (RejectionReason.Overloaded, null);
        var digest = terms.Domain.Digest(consent.For(channel));
        return await pool.IsSignedAsync(curve, digest, signature, caller, cancellation)
            ? (RejectionReason.None, consent)
            : (RejectionReason.InvalidSignature, null);
    }

    private static Wire.ConsentToExitResponse Refused(RejectionReason reason) => new() { Reason = reason.ToWire() };
}
