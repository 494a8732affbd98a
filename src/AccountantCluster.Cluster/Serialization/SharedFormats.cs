using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>What events, snapshots and messages have in common (types.proto).</summary>
internal static class SharedFormats
{
    public static Wire.VerifiedPromise Write(in VerifiedPromise value)
    {
        var (consumer, channel, promise, signature) = value;
        return new Wire.VerifiedPromise
        {
            Consumer = Fields.Write(consumer),
            Channel = Fields.Write(channel),
            Amount = Fields.Write(promise.Amount),
            Hashlock = Fields.Write(promise.Hashlock),
            Provider = Fields.Write(promise.Agreement.Provider),
            AgreementId = Fields.Write(promise.Agreement.Id),
            AgreementTotal = Fields.Write(promise.Agreement.Total),
            Signature = Fields.Write(signature),
        };
    }

    public static Wire.VerifiedPromise? Write(VerifiedPromise? value) => value is { } promise ? Write(promise) : null;

    // The channel id is recomputed, as everywhere (protocol §2).
    public static VerifiedPromise Read(Wire.VerifiedPromise? wire)
    {
        var channel = Fields.ReadAddress(Fields.Require(wire).Channel);
        var agreement = new Agreement(
            Fields.ReadAddress(wire!.Provider), Fields.ReadAgreementId(wire.AgreementId), Fields.ReadAmount(wire.AgreementTotal));
        var promise = new ConsumerPromise(
            ChannelId.OfConsumer(channel), Fields.ReadAmount(wire.Amount), Fields.ReadHashlock(wire.Hashlock), agreement);
        return new VerifiedPromise(Fields.ReadAddress(wire.Consumer), channel, promise, Fields.ReadSignature(wire.Signature));
    }

    public static VerifiedPromise? ReadOptional(Wire.VerifiedPromise? wire) => wire is null ? null : Read(wire);

    public static Wire.SettleablePromise? Write(SettleablePromise? value) =>
        value is null ? null : new Wire.SettleablePromise { Promise = Write(value.Promise), R = Fields.Write(value.R) };

    public static SettleablePromise? ReadOptional(Wire.SettleablePromise? wire) =>
        wire is null ? null : new SettleablePromise(Read(wire.Promise), Fields.ReadPreimage(wire.R));

    public static Wire.CreditSegment Write(CreditSegment value) =>
        new() { Hashlock = Fields.Write(value.Hashlock), From = Fields.Write(value.From), To = Fields.Write(value.To) };

    public static CreditSegment Read(Wire.CreditSegment? wire) =>
        new(Fields.ReadHashlock(Fields.Require(wire).Hashlock), Fields.ReadAmount(wire!.From), Fields.ReadAmount(wire.To));

    public static Wire.ChainPosition? Write(ChainPosition? value) =>
        value is { } position ? new Wire.ChainPosition { Instance = position.Instance, Window = position.Window } : null;

    public static ChainPosition? Read(Wire.ChainPosition? wire) => wire is null ? null : new ChainPosition(wire.Instance, wire.Window);

    public static Wire.SignedTotal Write(SignedTotal value) => new()
    {
        Hashlock = Fields.Write(value.Hashlock),
        Gross = Fields.Write(value.Gross),
        Promised = Fields.Write(value.Promised),
        Position = Write(value.Position),
    };

    public static SignedTotal Read(Wire.SignedTotal? wire) => new(
        Fields.ReadHashlock(Fields.Require(wire).Hashlock),
        Fields.ReadAmount(wire!.Gross),
        Fields.ReadAmount(wire.Promised),
        Read(wire.Position));

    public static Wire.SignedProviderPromise? Write(SignedProviderPromise? value) => value is not { } signed
        ? null
        : new Wire.SignedProviderPromise
        {
            ChannelId = Fields.Write(signed.Promise.ChannelId),
            Amount = Fields.Write(signed.Promise.Amount),
            Hashlock = Fields.Write(signed.Promise.Hashlock),
            Signature = Fields.Write(signed.Signature),
        };

    public static SignedProviderPromise? Read(Wire.SignedProviderPromise? wire) => wire is null
        ? null
        : new SignedProviderPromise(
            new ProviderPromise(Fields.ReadBytes32(wire.ChannelId), Fields.ReadAmount(wire.Amount), Fields.ReadHashlock(wire.Hashlock)),
            Fields.ReadSignature(wire.Signature));

    public static Wire.ConsumerChannelFacts Write(ConsumerChannelFacts value) => new()
    {
        Block = value.Block,
        Registered = value.Registered,
        Deposited = Fields.Write(value.Deposited),
        Settled = Fields.Write(value.Settled),
        Exiting = value.Exiting,
        Nonce = value.Nonce,
        Time = value.Time,
        Granted = Fields.Write(value.Granted),
    };

    public static ConsumerChannelFacts Read(Wire.ConsumerChannelFacts? wire) => new(
        Fields.Require(wire).Block, wire!.Registered, Fields.ReadAmount(wire.Deposited), Fields.ReadAmount(wire.Settled), wire.Exiting)
    {
        Nonce = wire.Nonce,
        Time = wire.Time,
        Granted = Fields.ReadAmount(wire.Granted),
    };

    public static Wire.Opening Write(Opening value) => new()
    {
        Identity = Fields.Write(value.Registration.Identity),
        Accountant = Fields.Write(value.Registration.Accountant),
        Loan = Fields.Write(value.Registration.Loan),
        Beneficiary = Fields.Write(value.Registration.Beneficiary),
        Fee = Fields.Write(value.Registration.Fee),
        TransactionMaker = Fields.Write(value.Registration.TransactionMaker),
        Deadline = value.Registration.Deadline,
        Signature = Fields.Write(value.Signature),
        RegistrationFee = Fields.Write(value.RegistrationFee),
    };

    public static Opening Read(Wire.Opening? wire) => new(
        new RegisterIdentity(
            Fields.ReadAddress(Fields.Require(wire).Identity),
            Fields.ReadAddress(wire!.Accountant),
            Fields.ReadAmount(wire.Loan),
            Fields.ReadAddress(wire.Beneficiary),
            Fields.ReadAmount(wire.Fee),
            Fields.ReadAddress(wire.TransactionMaker),
            wire.Deadline),
        Fields.ReadSignature(wire.Signature),
        Fields.ReadAmount(wire.RegistrationFee));

    public static Wire.ExitConsent Write(ExitConsent value) => new()
    {
        Beneficiary = Fields.Write(value.Beneficiary),
        Amount = Fields.Write(value.Amount),
        Nonce = value.Nonce,
        Deadline = value.Deadline,
    };

    public static ExitConsent Read(Wire.ExitConsent? wire) => new(
        Fields.ReadAddress(Fields.Require(wire).Beneficiary), Fields.ReadAmount(wire!.Amount), wire.Nonce, wire.Deadline);

    public static Wire.ProviderChannelFacts Write(ProviderChannelFacts value) => new()
    {
        Block = value.Block,
        Balance = Fields.Write(value.Balance),
        Loan = Fields.Write(value.Loan),
        Settled = Fields.Write(value.Settled),
    };

    public static ProviderChannelFacts Read(Wire.ProviderChannelFacts? wire) => new(
        Fields.Require(wire).Block, Fields.ReadAmount(wire!.Balance), Fields.ReadAmount(wire.Loan), Fields.ReadAmount(wire.Settled));
}
