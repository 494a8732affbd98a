using AccountantCluster.Chain;
using AccountantCluster.Cluster;
using AccountantCluster.Protocol;
using Google.Protobuf;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Edge;

/// <summary>From generated messages to what a transaction maker is brought. Signatures are verified elsewhere.</summary>
internal sealed class MakerReader(IEthereumClient client, ITransactionMaker maker)
{
    private readonly RegistryContract _registry = new(client, maker.Terms.Registry);

    /// <summary>A job, and what its signature must be of; false where a field is missing or has the wrong form.</summary>
    public bool TryRead(Wire.SubmitJobRequest wire, out SignedOffer signed)
    {
        signed = default;
        if (!WireFormat.TryReadBytes32(wire.ClientId.Span, out var clientId, out _)) return false;
        return wire.JobCase switch
        {
            Wire.SubmitJobRequest.JobOneofCase.Register => TryReadRegistration(clientId, wire.Register, out signed),
            Wire.SubmitJobRequest.JobOneofCase.Settle => TryReadSettlement(clientId, wire.Settle, out signed),
            Wire.SubmitJobRequest.JobOneofCase.Recover => TryReadRecovery(clientId, wire.Recover, out signed),
            _ => false,
        };
    }

    /// <summary>What a quote is asked for.</summary>
    public bool TryRead(Wire.JobShape? wire, out JobShape shape)
    {
        shape = default;
        if (wire is null || !Enum.IsDefined((JobKind)wire.Kind) || wire.Rows > maker.Terms.RowsPerRecovery) return false;
        shape = new JobShape((JobKind)wire.Kind, wire.HasLoan, (int)wire.Rows);
        return shape.HasLoan ? shape.Kind == JobKind.Register && shape.Rows == 0 : shape.Kind == JobKind.Recover || shape.Rows == 0;
    }

    /// <summary>A quote that came back; null for none.</summary>
    public bool TryRead(Wire.Quote? wire, out SealedQuote? quote)
    {
        quote = null;
        if (wire is null) return true;
        if (wire.Code.Length != QuoteSeal.Length) return false;
        if (!TryRead(wire.Shape, out var shape) || !TryReadAmount(wire.Fee, out var fee)) return false;
        quote = new SealedQuote(new JobQuote(shape, fee, wire.ValidUntil), wire.Code.Memory);
        return true;
    }

    private bool TryReadRegistration(Bytes32 clientId, Wire.RegisterJob wire, out SignedOffer signed)
    {
        signed = default;
        var beneficiary = Address.Zero;
        if (!TryReadAddress(wire.Identity, out var identity)
            || !TryReadAddress(wire.Accountant, out var accountant)
            || !TryReadAddress(wire.TransactionMaker, out var paidTo)
            || (!wire.Beneficiary.IsEmpty && !TryReadAddress(wire.Beneficiary, out beneficiary))
            || !TryReadAmount(wire.Loan, out var loan)
            || !TryReadAmount(wire.Fee, out var fee)
            || !TryReadSignature(wire.Signature, out var signature))
        {
            return false;
        }
        var message = new RegisterIdentity(identity, accountant, loan, beneficiary, fee, paidTo, wire.Deadline);
        var shape = new JobShape(JobKind.Register, HasLoan: !loan.IsZero || !beneficiary.IsZero);
        var pay = new JobPay(Amount.Zero, fee, MinSettled: Amount.Zero, Promised: Amount.Zero);
        var call = _registry.RegisterIdentity(message, signature);
        var offer = new JobOffer(clientId, shape, identity, accountant, paidTo, pay, wire.Deadline, call);
        signed = new SignedOffer(offer, Domain(maker.Terms.Registry).Digest(message), signature);
        return true;
    }

    private bool TryReadSettlement(Bytes32 clientId, Wire.SettleJob wire, out SignedOffer signed)
    {
        signed = default;
        if (!TryReadPromise(wire, out var accountant, out var promise)) return false;
        var call = new AccountantContract(client, accountant).SettlePromise(promise);
        signed = Offer(clientId, new JobShape(JobKind.Settle), accountant, promise, call);
        return true;
    }

    private bool TryReadRecovery(Bytes32 clientId, Wire.RecoverJob wire, out SignedOffer signed)
    {
        signed = default;
        if (wire.Promises.Count > maker.Terms.RowsPerRecovery
            || wire.Settlement is null
            || !TryReadPromise(wire.Settlement, out var accountant, out var promise)
            || !TryReadLoanReturn(wire.LoanReturn, accountant, promise.Provider, out var loanReturn))
        {
            return false;
        }
        var rows = new List<PromiseToCollect>(wire.Promises.Count);
        foreach (var row in wire.Promises)
        {
            if (!TryReadRow(row, out var collected)) return false;
            rows.Add(collected);
        }
        var call = new AccountantContract(client, accountant).Recover(promise.Provider, rows, promise, loanReturn);
        signed = Offer(clientId, new JobShape(JobKind.Recover, Rows: rows.Count), accountant, promise, call);
        return true;
    }

    private SignedOffer Offer(Bytes32 clientId, JobShape shape, Address accountant, PromiseToSettle promise, ContractCall call)
    {
        var fee = promise.Fee!;
        var pay = new JobPay(Amount.Zero, fee.Message.TotalFee, fee.Message.MinSettled, promise.Amount);
        var offer = new JobOffer(
            clientId, shape, promise.Provider, accountant, fee.Message.TransactionMaker, pay, fee.Message.Deadline, call);
        return new SignedOffer(offer, Domain(accountant).Digest(fee.Message), fee.Signature);
    }

    private AccountantDomain Domain(Address contract) => new(maker.Terms.ChainId, contract);

    private static bool TryReadPromise(Wire.SettleJob wire, out Address accountant, out PromiseToSettle promise)
    {
        promise = null!;
        if (!TryReadAddress(wire.Accountant, out accountant)
            || !TryReadAddress(wire.Provider, out var provider)
            || !WireFormat.TryReadAmount(wire.Amount.Span, allowZero: false, out var amount, out _)
            || !WireFormat.TryReadPreimage(wire.Preimage.Span, out var preimage, out _)
            || !TryReadSignature(wire.Signature, out var signature)
            || wire.Fee is not { } fee
            || !WireFormat.TryReadAmount(fee.TotalFee.Span, allowZero: false, out var totalFee, out _)
            || !TryReadAddress(fee.TransactionMaker, out var paidTo)
            || !TryReadAmount(fee.MinSettled, out var minSettled)
            || !TryReadSignature(fee.Signature, out var feeSignature))
        {
            return false;
        }
        var message = new SettlementFee(ChannelId.OfProvider(provider, accountant), totalFee, paidTo, minSettled, fee.Deadline);
        promise = new PromiseToSettle(provider, amount, preimage, signature, new SignedSettlementFee(message, feeSignature));
        return true;
    }

    private static bool TryReadRow(Wire.CollectablePromise wire, out PromiseToCollect row)
    {
        row = null!;
        if (!TryReadAddress(wire.Consumer, out var consumer)
            || !WireFormat.TryReadAmount(wire.Amount.Span, allowZero: false, out var amount, out _)
            || !WireFormat.TryReadBytes32(wire.AgreementHash.Span, out var agreement, out _)
            || !WireFormat.TryReadPreimage(wire.Preimage.Span, out var preimage, out _)
            || !TryReadSignature(wire.Signature, out var signature))
        {
            return false;
        }
        row = new PromiseToCollect(consumer, amount, agreement, preimage, signature);
        return true;
    }

    private static bool TryReadLoanReturn(Wire.SignedLoanReturn? wire, Address accountant, Address provider, out SignedLoanReturn? signed)
    {
        signed = null;
        if (wire is null) return true;
        if (!WireFormat.TryReadAmount(wire.TotalReturned.Span, allowZero: false, out var total, out _)
            || !TryReadSignature(wire.Signature, out var signature))
        {
            return false;
        }
        signed = new SignedLoanReturn(new ReturnLoan(ChannelId.OfProvider(provider, accountant), total, wire.Deadline), signature);
        return true;
    }

    private static bool TryReadAddress(ByteString bytes, out Address address) => WireFormat.TryReadAddress(bytes.Span, out address, out _);

    private static bool TryReadAmount(ByteString bytes, out Amount amount) =>
        WireFormat.TryReadAmount(bytes.Span, allowZero: true, out amount, out _);

    private static bool TryReadSignature(ByteString bytes, out Signature signature) =>
        WireFormat.TryReadSignature(bytes.Span, out signature, out _);
}
