using AccountantCluster.Chain;
using AccountantCluster.Cluster;
using AccountantCluster.Protocol;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Edge;

/// <summary>
/// The way of a transaction maker's calls: read, bounded, and their signatures verified, before anything is asked of the chain.
/// </summary>
internal sealed class MakerProcessor(
    ITransactionMaker maker, MakerReader reader, ICurve curve, VerificationPool pool, Drain drain)
{
    /// <summary>A price.</summary>
    /// <exception cref="Grpc.Core.RpcException">The question is malformed, or nobody answers here.</exception>
    public async Task<Wire.GetQuoteResponse> QuoteAsync(Wire.GetQuoteRequest request, CancellationToken cancellation)
    {
        if (!reader.TryRead(request.Shape, out var shape)) throw Refusal.Because(RejectionReason.Malformed, "no such kind of job");
        var quote = await AtWorkAsync(() => maker.QuoteAsync(shape, cancellation));
        return new Wire.GetQuoteResponse
        {
            ChainId = maker.Terms.ChainId,
            Registry = maker.Terms.Registry.ToWire(),
            Token = maker.Terms.Token.ToWire(),
            TransactionMaker = maker.Terms.Receiver.ToWire(),
            Quote = quote?.ToWire(),
        };
    }

    /// <summary>A job.</summary>
    /// <exception cref="Grpc.Core.RpcException">Nobody answers here; the job may have been taken.</exception>
    public async Task<Wire.SubmitJobResponse> SubmitAsync(Wire.SubmitJobRequest request, CancellationToken cancellation)
    {
        if (!reader.TryRead(request, out var signed) || !reader.TryRead(request.Quote, out SealedQuote? quote))
            return Refused(JobReason.Malformed, "a field is missing or has the wrong form");
        if (!pool.TryReserve(1)) return Refused(JobReason.Overloaded, "too many signatures wait");
        if (!await pool.IsSignedAsync(curve, signed.Digest, signed.Signature, signed.Offer.Identity, cancellation))
            return Refused(JobReason.InvalidSignature, $"the fee is not signed by {signed.Offer.Identity}");
        return (await AtWorkAsync(() => maker.SubmitAsync(signed.Offer, quote, cancellation))).ToWire();
    }

    /// <summary>Where a job stands; null where nothing is known of it.</summary>
    /// <exception cref="Grpc.Core.RpcException">The question is malformed, or nobody answers here.</exception>
    public async Task<Wire.Job?> FindAsync(
        Google.Protobuf.ByteString identity, Google.Protobuf.ByteString clientId, CancellationToken cancellation)
    {
        if (!WireFormat.TryReadAddress(identity.Span, out var signer, out _)
            || !WireFormat.TryReadBytes32(clientId.Span, out var id, out _))
            throw Refusal.Because(RejectionReason.Malformed, "no identity and client id");
        return (await AtWorkAsync(() => maker.FindAsync(MakerJob.IdOf(signer, id), cancellation)))?.ToWire();
    }

    private async Task<T> AtWorkAsync<T>(Func<Task<T>> ask)
    {
        if (drain.Stopping.IsCancellationRequested) throw Refusal.Because(RejectionReason.Overloaded, "this node is stopping");
        try
        {
            return await ask();
        }
        catch (MakerAwayException problem)
        {
            throw Refusal.Because(RejectionReason.OutcomeUnknown, problem.Message);
        }
    }

    private static Wire.SubmitJobResponse Refused(JobReason reason, string detail) => new() { Reason = reason.ToWire(), Detail = detail };
}
