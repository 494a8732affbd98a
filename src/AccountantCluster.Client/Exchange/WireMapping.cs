using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;
using Google.Protobuf;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Client.Exchange;

/// <summary>
/// From values to what goes over the wire and back. What an accountant sends is read as strictly as it reads what we send.
/// </summary>
internal static class WireMapping
{
    public static ByteString ToWire(this Address address) => ByteString.CopyFrom(address.ToArray());

    public static ByteString ToWire(this Bytes32 word) => ByteString.CopyFrom(word.ToArray());

    public static ByteString ToWire(this Amount amount) => ByteString.CopyFrom(WireFormat.ToWire(amount));

    public static ByteString ToWire(this Signature signature) => ByteString.CopyFrom(signature.ToArray());

    public static Wire.Batch ToWire(this ExchangeBatch batch, ulong requestId)
    {
        var wire = new Wire.Batch
        {
            RequestId = requestId,
            Position = new Wire.ChainPosition { Instance = batch.Position.Instance, Window = batch.Position.Window },
        };
        wire.Reveals.AddRange((batch.Reveals ?? []).Select(r => r.Value.ToWire()));
        wire.Promises.AddRange(batch.Promises.Select(ToWire));
        if (batch.Hashlock is { } hashlock) wire.Hashlock = hashlock.Value.ToWire();
        return wire;
    }

    public static Wire.ConsumerPromise ToWire(this SignedPromise promise) => new()
    {
        Consumer = promise.Consumer.ToWire(),
        Amount = promise.Amount.ToWire(),
        Hashlock = promise.Hashlock.Value.ToWire(),
        Provider = promise.Agreement.Provider.ToWire(),
        AgreementId = ByteString.CopyFrom(WireFormat.ToWire(promise.Agreement.Id)),
        AgreementTotal = promise.Agreement.Total.ToWire(),
        Signature = promise.Signature.ToWire(),
    };

    public static Wire.ProviderEvidence ToWire(this SettleablePromise total) => new()
    {
        Promise = new Wire.ProviderPromise
        {
            Amount = total.Amount.ToWire(),
            Hashlock = total.R.ToHashlock().Value.ToWire(),
            Signature = total.Signature.ToWire(),
        },
        R = total.R.Value.ToWire(),
    };

    public static Wire.ConsumerEvidence ToWire(this CollectablePromise evidence) =>
        new() { Promise = evidence.Promise.ToWire(), R = evidence.R.Value.ToWire() };

    /// <exception cref="AccountantUnavailableException">Not an answer to so many promises.</exception>
    public static EvidenceAnswer ToAnswer(this Wire.SubmitEvidenceResponse wire, int promises) => wire.Promises.Count == promises
        ? new EvidenceAnswer(ToReason(wire.Total), [.. wire.Promises.Select(ToReason)])
        : throw Malformed("an answer to evidence has not one reason per promise");

    public static Wire.ConsentToExitRequest ToWire(this SignedExit exit) => new()
    {
        Beneficiary = exit.Message.Beneficiary.ToWire(),
        Amount = exit.Message.Amount.ToWire(),
        Nonce = exit.Message.Nonce,
        Deadline = exit.Message.Deadline,
        Signature = exit.Signature.ToWire(),
    };

    public static Wire.OpenChannelRequest ToWire(this SignedRegistration registration) => new()
    {
        Identity = registration.Message.Identity.ToWire(),
        Accountant = registration.Message.Accountant.ToWire(),
        Loan = ByteString.CopyFrom(WireFormat.ToWire(registration.Message.Loan)),
        Beneficiary = registration.Message.Beneficiary.ToWire(),
        Fee = ByteString.CopyFrom(WireFormat.ToWire(registration.Message.Fee)),
        TransactionMaker = registration.Message.TransactionMaker.ToWire(),
        Deadline = registration.Message.Deadline,
        Signature = ByteString.CopyFrom(registration.Signature.ToArray()),
    };

    /// <exception cref="AccountantUnavailableException">Not an answer to a registration.</exception>
    public static OpeningAnswer ToOpening(this Wire.OpenChannelResponse wire) => new(ToReason(wire.Reason), Sum(wire.Spendable));

    /// <exception cref="AccountantUnavailableException">Not an answer to an exit.</exception>
    public static (RejectionReason Reason, Signature? Signature) ToConsent(this Wire.ConsentToExitResponse wire)
    {
        var reason = ToReason(wire.Reason);
        if (reason != RejectionReason.None) return (reason, null);
        return WireFormat.TryReadSignature(wire.Signature.Span, out var signature, out _)
            ? (reason, signature)
            : throw Malformed("a consent without a signature");
    }

    /// <exception cref="AccountantUnavailableException">Not an answer to that batch.</exception>
    public static ExchangeAnswer ToAnswer(this Wire.Answer wire, ExchangeBatch batch)
    {
        if (wire.Reveals.Count != (batch.Reveals?.Count ?? 0) || wire.Promises.Count != batch.Promises.Count)
            throw Malformed("an answer has not one result per item");
        return new ExchangeAnswer(
            [.. wire.Reveals.Select(ToReason)],
            [.. wire.Promises.Select(ToResult)],
            wire.Promise?.ToPromise(),
            ToReason(wire.Reason),
            Sum(wire.Promised),
            Sum(wire.Settled),
            Sum(wire.Balance),
            Sum(wire.Loan));
    }

    /// <exception cref="AccountantUnavailableException">Not an opening.</exception>
    public static OpenedSession ToSession(this Wire.SessionOpened wire) => new(
        (wire.Terms ?? throw Malformed("a session opens without terms")).ToTerms(),
        new LatestPromise(wire.LatestPromise?.ToPromise(), wire.LatestPosition?.ToPosition()));

    /// <exception cref="AccountantUnavailableException">Not terms that one can work with.</exception>
    public static AccountantTerms ToTerms(this Wire.Terms wire)
    {
        var terms = new AccountantTerms(
            wire.ChainId,
            Address(wire.Accountant),
            Address(wire.Registry),
            Address(wire.Token),
            wire.FeeBasisPoints,
            Sum(wire.ExposureLimit),
            Limit(wire.WindowLimit),
            Limit(wire.ProviderLimit),
            Sum(wire.MinimumFirstPayment),
            Limit(wire.BatchLimit),
            Limit(wire.RequestsInFlightLimit))
        {
            OpeningLimit = Sum(wire.OpeningLimit),
        };
        return terms.BatchLimit > 0 && terms.RequestsInFlightLimit > 0 ? terms : throw Malformed("terms that allow nothing");
    }

    /// <exception cref="AccountantUnavailableException">Not a consumer's promise.</exception>
    public static SignedPromise ToSigned(this Wire.ConsumerPromise wire)
    {
        if (!WireFormat.TryReadAmount(wire.Amount.Span, allowZero: false, out var amount, out _)
            || !WireFormat.TryReadHashlock(wire.Hashlock.Span, out var hashlock, out _)
            || !WireFormat.TryReadAgreementId(wire.AgreementId.Span, out var id, out _)
            || !WireFormat.TryReadSignature(wire.Signature.Span, out var signature, out _))
        {
            throw Malformed("a consumer's promise");
        }
        return new SignedPromise(
            Address(wire.Consumer), amount, hashlock, new Agreement(Address(wire.Provider), id, Sum(wire.AgreementTotal)), signature);
    }

    public static AccountantPromise ToPromise(this Wire.ProviderPromise wire) =>
        WireFormat.TryReadAmount(wire.Amount.Span, allowZero: false, out var amount, out _)
        && WireFormat.TryReadHashlock(wire.Hashlock.Span, out var hashlock, out _)
        && WireFormat.TryReadSignature(wire.Signature.Span, out var signature, out _)
            ? new AccountantPromise(amount, hashlock, signature)
            : throw Malformed("an accountant's promise");

    public static ChainPosition ToPosition(this Wire.ChainPosition wire) => new(wire.Instance, wire.Window);

    public static Amount Sum(ByteString bytes) =>
        WireFormat.TryReadAmount(bytes.Span, allowZero: true, out var amount, out _) ? amount : throw Malformed("an amount");

    public static AccountantUnavailableException Malformed(string what) =>
        new($"The accountant does not keep to the contract: {what}.", RejectionReason.Malformed);

    private static Address Address(ByteString bytes) =>
        WireFormat.TryReadAddress(bytes.Span, out var address, out _) ? address : throw Malformed("an address");

    private static int Limit(uint limit) => (int)Math.Min(limit, int.MaxValue);

    private static PromiseResult ToResult(Wire.PromiseResult wire) => new(
        ToReason(wire.Reason),
        Sum(wire.Credited),
        Sum(wire.Fee),
        wire.Expected.IsEmpty ? null : Sum(wire.Expected),
        wire.Proof?.ToSigned());

    // The closed set has the same numbers on both sides.
    private static RejectionReason ToReason(Wire.RejectionReason wire)
    {
        var reason = (RejectionReason)wire;
        return Enum.IsDefined(reason) ? reason : throw Malformed("a reason that is none");
    }
}
