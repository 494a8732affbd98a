using AccountantCluster.Chain;
using AccountantCluster.Cluster;
using AccountantCluster.Protocol;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Edge;

/// <summary>
/// Whether evidence is any, before a channel hears of it: the form and the R, which cost nothing, then the signatures, then the chain's
/// word on the operator. Channels are derived, never taken from the wire.
/// </summary>
internal sealed class EvidenceCheck(
    AccountantTerms terms, ICurve curve, PromiseVerifier verifier, VerificationPool pool, IOperators operators)
{
    /// <summary>
    /// Judges the accountant's promise to <paramref name="caller"/>. OUTCOME_UNKNOWN where the chain does not say whose signature it is;
    /// OVERLOADED where too many signatures wait.
    /// </summary>
    public async Task<VerifiedTotal> CheckTotalAsync(Address caller, Wire.ProviderEvidence evidence, CancellationToken cancellation)
    {
        var wire = evidence.Promise;
        if (wire is null
            || !WireFormat.TryReadHashlock(wire.Hashlock.Span, out var hashlock, out _)
            || !WireFormat.TryReadPreimage(evidence.R.Span, out var r, out _))
        {
            return RejectionReason.Malformed;
        }
        if (!WireFormat.TryReadAmount(wire.Amount.Span, allowZero: false, out var amount, out var reason)) return reason;
        if (!WireFormat.TryReadSignature(wire.Signature.Span, out var signature, out reason)) return reason;
        if (!r.Opens(hashlock)) return RejectionReason.UnknownHashlock;

        var promise = new ProviderPromise(ChannelId.OfProvider(caller, terms.Accountant), amount, hashlock);
        if (!pool.TryReserve(1)) return RejectionReason.Overloaded;
        var (isSigned, signer) = (false, default(Address));
        await pool.RunAsync(1, () => isSigned = curve.TryRecover(terms.Domain.Digest(promise), signature, out signer), cancellation);
        if (!isSigned) return RejectionReason.InvalidSignature;
        try
        {
            return await operators.IsOperatorAsync(signer, cancellation)
                ? new VerifiedTotal(RejectionReason.None, promise, r)
                : RejectionReason.InvalidSignature;
        }
        catch (EthereumException)
        {
            return RejectionReason.OutcomeUnknown;
        }
    }

    /// <summary>
    /// Judges consumers' promises: each to <paramref name="caller"/>, or its own cover. Null where too many signatures wait (OVERLOADED).
    /// </summary>
    public async Task<VerifiedEvidence[]?> CheckPromisesAsync(
        Address caller, IReadOnlyList<Wire.ConsumerEvidence> evidence, CancellationToken cancellation)
    {
        var checkedItems = evidence.Select(CheckR).ToArray();
        var opened = Enumerable.Range(0, evidence.Count).Where(i => checkedItems[i].Reason == RejectionReason.None).ToArray();
        var verdicts = await verifier.VerifyAsync(caller, [.. opened.Select(i => evidence[i].Promise)], cancellation);
        if (verdicts is null) return null;
        foreach (var (i, verdict) in opened.Zip(verdicts))
            checkedItems[i] = checkedItems[i] with { Reason = verdict.Reason, Promise = verdict.Promise };
        return checkedItems;
    }

    private static VerifiedEvidence CheckR(Wire.ConsumerEvidence evidence)
    {
        if (evidence.Promise is not { } promise
            || !WireFormat.TryReadHashlock(promise.Hashlock.Span, out var hashlock, out _)
            || !WireFormat.TryReadPreimage(evidence.R.Span, out var r, out _))
        {
            return RejectionReason.Malformed;
        }
        return r.Opens(hashlock) ? new VerifiedEvidence(RejectionReason.None, default, r) : RejectionReason.UnknownHashlock;
    }
}
