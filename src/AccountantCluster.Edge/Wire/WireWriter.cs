using AccountantCluster.Channels;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Google.Protobuf;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Edge;

/// <summary>From values to what goes over the wire.</summary>
internal static class WireWriter
{
    public static ByteString ToWire(this Address address) => UnsafeByteOperations.UnsafeWrap(address.ToArray());

    public static ByteString ToWire(this Bytes32 word) => UnsafeByteOperations.UnsafeWrap(word.ToArray());

    public static ByteString ToWire(this Amount amount) => UnsafeByteOperations.UnsafeWrap(WireFormat.ToWire(amount));

    public static ByteString ToWire(this AgreementId id) => UnsafeByteOperations.UnsafeWrap(WireFormat.ToWire(id));

    public static ByteString ToWire(this Signature signature) => UnsafeByteOperations.UnsafeWrap(signature.ToArray());

    /// <summary>The closed set has the same numbers on both sides.</summary>
    public static Wire.RejectionReason ToWire(this RejectionReason reason) => (Wire.RejectionReason)reason;

    public static Wire.ProviderPromise ToWire(this SignedProviderPromise signed) => new()
    {
        Amount = signed.Promise.Amount.ToWire(),
        Hashlock = signed.Promise.Hashlock.Value.ToWire(),
        Signature = signed.Signature.ToWire(),
    };

    public static Wire.ConsumerPromise ToWire(this VerifiedPromise verified) => new()
    {
        Consumer = verified.Consumer.ToWire(),
        Amount = verified.Promise.Amount.ToWire(),
        Hashlock = verified.Promise.Hashlock.Value.ToWire(),
        Provider = verified.Promise.Agreement.Provider.ToWire(),
        AgreementId = verified.Promise.Agreement.Id.ToWire(),
        AgreementTotal = verified.Promise.Agreement.Total.ToWire(),
        Signature = verified.Signature.ToWire(),
    };

    public static Wire.ChainPosition ToWire(this ChainPosition position) =>
        new() { Instance = position.Instance, Window = position.Window };

    public static Wire.PromiseResult ToWire(this PromiseOutcome outcome)
    {
        var result = new Wire.PromiseResult
        {
            Reason = outcome.Reason.ToWire(),
            Credited = outcome.Credited.ToWire(),
            Fee = outcome.Fee.ToWire(),
            Proof = outcome.Proof?.ToWire(),
        };
        if (outcome.Expected is { } expected) result.Expected = expected.ToWire();
        return result;
    }

    public static Wire.ProviderChannel ToWire(this ProviderOverview overview) => new()
    {
        Gross = overview.Gross.ToWire(),
        Revealed = overview.Revealed.ToWire(),
        Promised = overview.Promised.ToWire(),
        Settled = overview.Settled.ToWire(),
        Balance = overview.Balance.ToWire(),
        Loan = overview.Loan.ToWire(),
        LatestPromise = overview.LatestPromise?.ToWire(),
        LatestPosition = overview.LatestPosition?.ToWire(),
        Fees = overview.Fees.ToWire(),
        Settleable = overview.Settleable.ToWire(),
        Block = overview.Block,
    };

    public static Wire.ConsumerChannel ToWire(this ConsumerOverview overview, Address channel) => new()
    {
        Channel = channel.ToWire(),
        Deposited = overview.Deposited.ToWire(),
        Promised = overview.Promised.ToWire(),
        Settleable = overview.Settleable.ToWire(),
        Credited = overview.Credited.ToWire(),
        Settled = overview.Settled.ToWire(),
        LatestPromise = overview.LatestPromise?.ToWire(),
        Consented = overview.Consented.ToWire(),
        Frozen = overview.Frozen,
        Exiting = overview.Exiting,
        Block = overview.Block,
        OpeningDeadline = overview.OpeningDeadline,
    };

    public static Wire.Terms ToWire(this AccountantTerms terms, EdgeLimits limits, ushort feeBasisPoints) => new()
    {
        ChainId = terms.ChainId,
        Accountant = terms.Accountant.ToWire(),
        Registry = terms.Registry.ToWire(),
        Token = terms.Token.ToWire(),
        FeeBasisPoints = feeBasisPoints,
        ExposureLimit = terms.Policy.ExposureLimit.ToWire(),
        WindowLimit = (uint)terms.Policy.WindowLimit,
        ProviderLimit = (uint)terms.Policy.ProviderLimit,
        MinimumFirstPayment = terms.Policy.MinimumFirstPayment.ToWire(),
        BatchLimit = (uint)limits.PromisesPerBatch,
        RequestsInFlightLimit = (uint)limits.RequestsInFlightPerStream,
        OpeningLimit = terms.Opening.Limit.ToWire(),
    };
}
