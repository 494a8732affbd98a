using AccountantCluster.Chain;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;
using Google.Protobuf;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Client.Maker;

/// <summary>Between values and what a transaction maker reads and writes; closed sets have the same numbers on both sides.</summary>
internal static class MakerMapping
{
    public static Wire.JobShape ToWire(this JobShape shape) =>
        new() { Kind = (Wire.JobKind)shape.Kind, HasLoan = shape.HasLoan, Rows = (uint)shape.Rows };

    public static Wire.Quote ToWire(this MakerQuote quote) => new()
    {
        Shape = quote.Quote.Shape.ToWire(),
        Fee = quote.Quote.Fee.ToWire(),
        ValidUntil = quote.Quote.ValidUntil,
        Code = ByteString.CopyFrom(quote.Code.Span),
    };

    public static Wire.RegisterJob ToWire(this SignedRegistration registration) => new()
    {
        Identity = registration.Message.Identity.ToWire(),
        Accountant = registration.Message.Accountant.ToWire(),
        Loan = registration.Message.Loan.ToWire(),
        Beneficiary = registration.Message.Beneficiary.IsZero ? ByteString.Empty : registration.Message.Beneficiary.ToWire(),
        Fee = registration.Message.Fee.ToWire(),
        TransactionMaker = registration.Message.TransactionMaker.ToWire(),
        Deadline = registration.Message.Deadline,
        Signature = registration.Signature.ToWire(),
    };

    public static Wire.SettleJob ToJob(this SettleablePromise promise, Address accountant, SignedSettlementFee fee) => new()
    {
        Provider = promise.Provider.ToWire(),
        Accountant = accountant.ToWire(),
        Amount = promise.Amount.ToWire(),
        Preimage = promise.R.Value.ToWire(),
        Signature = promise.Signature.ToWire(),
        Fee = new Wire.SignedSettlementFee
        {
            TotalFee = fee.Message.TotalFee.ToWire(),
            TransactionMaker = fee.Message.TransactionMaker.ToWire(),
            MinSettled = fee.Message.MinSettled.ToWire(),
            Deadline = fee.Message.Deadline,
            Signature = fee.Signature.ToWire(),
        },
    };

    public static Wire.CollectablePromise ToWire(PromiseToCollect row) => new()
    {
        Consumer = row.Identity.ToWire(),
        Amount = row.Amount.ToWire(),
        AgreementHash = row.AgreementHash.ToWire(),
        Preimage = row.Preimage.Value.ToWire(),
        Signature = row.Signature.ToWire(),
    };

    public static Wire.SignedLoanReturn ToWire(this SignedLoanReturn signed) => new()
    {
        TotalReturned = signed.Message.TotalReturned.ToWire(),
        Deadline = signed.Message.Deadline,
        Signature = signed.Signature.ToWire(),
    };

    public static MakerQuote ToQuote(this Wire.GetQuoteResponse response, JobShape shape)
    {
        if (response.Quote is not { } quote) throw new JobRefusedException(JobReason.Overloaded, "it gives no quotes now");
        return WireFormat.TryReadAddress(response.Registry.Span, out var registry, out _)
            && WireFormat.TryReadAddress(response.TransactionMaker.Span, out var transactionMaker, out _)
            && WireFormat.TryReadAmount(quote.Fee.Span, allowZero: true, out var fee, out _)
            && quote.Code.Length == QuoteSeal.Length
            ? new MakerQuote(
                response.ChainId, registry, transactionMaker, new JobQuote(shape, fee, quote.ValidUntil), quote.Code.Memory)
            : throw Malformed();
    }

    public static JobReport ToReport(this Wire.Job job)
    {
        var (kind, state, reason) = ((JobKind)job.Kind, (JobState)job.State, (JobReason)job.Reason);
        Bytes32 hash = default;
        if (!Enum.IsDefined(kind)
            || !Enum.IsDefined(state)
            || !Enum.IsDefined(reason)
            || (!job.TransactionHash.IsEmpty && !WireFormat.TryReadBytes32(job.TransactionHash.Span, out hash, out _)))
        {
            throw Malformed();
        }
        return new JobReport(
            kind,
            state,
            reason,
            hash.IsZero ? null : hash,
            (int)Math.Min(job.Replacements, int.MaxValue),
            job.Block == 0 ? null : job.Block);
    }

    private static TransactionMakerUnavailableException Malformed() => new("The transaction maker does not talk as it should.");
}
