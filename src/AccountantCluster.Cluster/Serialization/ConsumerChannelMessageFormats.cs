using AccountantCluster.Cluster.Exchange;
using Google.Protobuf;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>Messages to a consumer channel, and its answers.</summary>
internal static class ConsumerChannelMessageFormats
{
    public static IReadOnlyList<MessageFormat> All { get; } =
    [
        MessageFormat.Of<OfferPromises, Wire.OfferPromises>("cm-offer-1", WriteOffers, ReadOffers),
        MessageFormat.Of<PromisesOffered, Wire.PromisesOffered>("cm-offered-1", WriteOffered, ReadOffered),
        MessageFormat.Of<AcknowledgeCredit, Wire.AcknowledgeCredit>("cm-ack-1", WriteAcknowledge, ReadAcknowledge),
        MessageFormat.Of<DeliverReveals, Wire.DeliverReveals>("cm-reveals-1", WriteReveals, ReadReveals),
        MessageFormat.Of<ObserveConsumerChannel, Wire.ObserveConsumerChannel>("cm-observe-1", WriteObserve, ReadObserve),
        MessageFormat.Of(
            "cm-exit-seen-1",
            (ObserveExitRequest value) => new Wire.ObserveExitRequest { Channel = Fields.Write(value.Channel), Block = value.Block },
            wire => new ObserveExitRequest(Fields.ReadAddress(wire.Channel), wire.Block)),
        MessageFormat.Of<ConsentToExit, Wire.ConsentToExit>("cm-consent-1", WriteConsent, ReadConsent),
        MessageFormat.Of<ExitConsented, Wire.ExitConsented>("cm-consented-1", WriteConsented, ReadConsented),
        MessageFormat.Of(
            "cm-freeze-1",
            (FreezeConsumerChannel value) => new Wire.FreezeConsumerChannel { Channel = Fields.Write(value.Channel), Frozen = value.Frozen },
            wire => new FreezeConsumerChannel(Fields.ReadAddress(wire.Channel), wire.Frozen)),
        MessageFormat.Of<ProvePromise, Wire.ProvePromise>("cm-prove-1", WriteProve, ReadProve),
        MessageFormat.Of(
            "cm-hold-1",
            (HoldRegistration value) => new Wire.HoldRegistration
            {
                Channel = Fields.Write(value.Channel),
                Opening = SharedFormats.Write(value.Opening),
            },
            wire => new HoldRegistration(Fields.ReadAddress(wire.Channel), SharedFormats.Read(wire.Opening))),
        MessageFormat.Of(
            "cm-held-1",
            (RegistrationAnswered value) => new Wire.RegistrationAnswered
            {
                Reason = (int)value.Reason,
                Spendable = Fields.Write(value.Spendable),
            },
            wire => new RegistrationAnswered(Fields.ReadReason(wire.Reason), Fields.ReadAmount(wire.Spendable))),
        MessageFormat.Of(
            "cm-collectable-1",
            (GetCollectable value) => new Wire.GetCollectable { Channel = Fields.Write(value.Channel) },
            wire => new GetCollectable(Fields.ReadAddress(wire.Channel))),
        MessageFormat.Of<CollectableFound, Wire.CollectableFound>("cm-found-1", WriteFound, ReadFound),
        MessageFormat.Of(
            "cm-describe-1",
            (DescribeConsumerChannel value) => new Wire.DescribeConsumerChannel { Channel = Fields.Write(value.Channel) },
            wire => new DescribeConsumerChannel(Fields.ReadAddress(wire.Channel))),
        MessageFormat.Of<ConsumerChannelDescribed, Wire.ConsumerChannelDescribed>("cm-described-1", WriteDescribed, ReadDescribed),
    ];

    private static Wire.OfferPromises WriteOffers(OfferPromises value)
    {
        var wire = new Wire.OfferPromises { Channel = Fields.Write(value.Channel), Provider = Fields.Write(value.Provider) };
        wire.Offers.AddRange(value.Offers.Select(offer => new Wire.OfferPromises.Types.Offer
        {
            Promise = SharedFormats.Write(offer.Promise),
            KnownR = Fields.Write(offer.KnownR),
        }));
        return wire;
    }

    private static OfferPromises ReadOffers(Wire.OfferPromises wire) => new(
        Fields.ReadAddress(wire.Channel),
        Fields.ReadAddress(wire.Provider),
        Fields.ReadAll(wire.Offers, offer => new Offer(SharedFormats.Read(offer.Promise), Fields.ReadOptionalPreimage(offer.KnownR))));

    private static Wire.PromisesOffered WriteOffered(PromisesOffered value)
    {
        var wire = new Wire.PromisesOffered { Channel = Fields.Write(value.Channel) };
        wire.Outcomes.AddRange(value.Outcomes.Select(WriteOutcome));
        wire.Unacknowledged.AddRange(value.Unacknowledged.Select(SharedFormats.Write));
        return wire;
    }

    private static PromisesOffered ReadOffered(Wire.PromisesOffered wire) => new(
        Fields.ReadAddress(wire.Channel),
        Fields.ReadAll(wire.Outcomes, ReadOutcome),
        Fields.ReadAll(wire.Unacknowledged, SharedFormats.Read));

    private static Wire.PromisesOffered.Types.Outcome WriteOutcome(OfferOutcome value)
    {
        var wire = new Wire.PromisesOffered.Types.Outcome
        {
            Reason = (int)value.Reason,
            Delta = Fields.Write(value.Delta),
            Proof = SharedFormats.Write(value.Proof),
        };
        if (value.Expected is { } expected) wire.Expected = Fields.Write(expected);
        return wire;
    }

    private static OfferOutcome ReadOutcome(Wire.PromisesOffered.Types.Outcome wire) => new(
        Fields.ReadReason(wire.Reason),
        Fields.ReadAmount(wire.Delta),
        wire.HasExpected ? Fields.ReadAmount(wire.Expected) : null,
        SharedFormats.ReadOptional(wire.Proof));

    private static Wire.AcknowledgeCredit WriteAcknowledge(AcknowledgeCredit value) => new()
    {
        Channel = Fields.Write(value.Channel),
        Provider = Fields.Write(value.Provider),
        Total = Fields.Write(value.Total),
    };

    private static AcknowledgeCredit ReadAcknowledge(Wire.AcknowledgeCredit wire) =>
        new(Fields.ReadAddress(wire.Channel), Fields.ReadAddress(wire.Provider), Fields.ReadAmount(wire.Total));

    private static Wire.DeliverReveals WriteReveals(DeliverReveals value)
    {
        var wire = new Wire.DeliverReveals { Channel = Fields.Write(value.Channel), Provider = Fields.Write(value.Provider) };
        wire.Preimages.AddRange(value.Preimages.Select(Fields.Write));
        return wire;
    }

    private static DeliverReveals ReadReveals(Wire.DeliverReveals wire) =>
        new(Fields.ReadAddress(wire.Channel), Fields.ReadAddress(wire.Provider), Fields.ReadAll(wire.Preimages, Fields.ReadPreimage));

    private static Wire.ObserveConsumerChannel WriteObserve(ObserveConsumerChannel value) =>
        new() { Channel = Fields.Write(value.Channel), Facts = SharedFormats.Write(value.Facts) };

    private static ObserveConsumerChannel ReadObserve(Wire.ObserveConsumerChannel wire) =>
        new(Fields.ReadAddress(wire.Channel), SharedFormats.Read(wire.Facts));

    private static Wire.ConsentToExit WriteConsent(ConsentToExit value) =>
        new() { Channel = Fields.Write(value.Channel), Consent = SharedFormats.Write(value.Consent) };

    private static ConsentToExit ReadConsent(Wire.ConsentToExit wire) =>
        new(Fields.ReadAddress(wire.Channel), SharedFormats.Read(wire.Consent));

    private static Wire.ExitConsented WriteConsented(ExitConsented value) => new()
    {
        Reason = (int)value.Reason,
        Signature = value.Signature is { } signature ? Fields.Write(signature) : ByteString.Empty,
    };

    private static ExitConsented ReadConsented(Wire.ExitConsented wire) =>
        new(Fields.ReadReason(wire.Reason), wire.Signature.IsEmpty ? null : Fields.ReadSignature(wire.Signature));

    private static Wire.ProvePromise WriteProve(ProvePromise value) => new()
    {
        Channel = Fields.Write(value.Channel),
        Promise = SharedFormats.Write(value.Promise),
        R = Fields.Write(value.R),
    };

    private static ProvePromise ReadProve(Wire.ProvePromise wire) =>
        new(Fields.ReadAddress(wire.Channel), SharedFormats.Read(wire.Promise), Fields.ReadPreimage(wire.R));

    private static Wire.CollectableFound WriteFound(CollectableFound value)
    {
        var wire = new Wire.CollectableFound
        {
            Channel = Fields.Write(value.Collectable.Channel),
            Promise = SharedFormats.Write(value.Collectable.Promise),
            Settled = Fields.Write(value.Collectable.Settled),
            Promised = Fields.Write(value.Collectable.Promised),
            Credited = Fields.Write(value.Collectable.Credited),
        };
        wire.Providers.AddRange(value.Collectable.Providers.Order().Select(Fields.Write));
        return wire;
    }

    private static CollectableFound ReadFound(Wire.CollectableFound wire) => new(new Collectable(
        Fields.ReadAddress(wire.Channel), SharedFormats.ReadOptional(wire.Promise), Fields.ReadAmount(wire.Settled))
    {
        Promised = Fields.ReadAmount(wire.Promised),
        Credited = Fields.ReadAmount(wire.Credited),
        Providers = Fields.ReadAll(wire.Providers, Fields.ReadAddress),
    });

    private static Wire.ConsumerChannelDescribed WriteDescribed(ConsumerChannelDescribed value) => new()
    {
        Registered = value.Overview.Registered,
        Deposited = Fields.Write(value.Overview.Deposited),
        Promised = Fields.Write(value.Overview.Promised),
        Settleable = Fields.Write(value.Overview.Settleable),
        Credited = Fields.Write(value.Overview.Credited),
        Settled = Fields.Write(value.Overview.Settled),
        Latest = SharedFormats.Write(value.Overview.LatestPromise),
        Frozen = value.Overview.Frozen,
        Exiting = value.Overview.Exiting,
        Consented = Fields.Write(value.Overview.Consented),
        Block = value.Overview.Block,
        OpeningDeadline = value.Overview.OpeningDeadline,
    };

    private static ConsumerChannelDescribed ReadDescribed(Wire.ConsumerChannelDescribed wire) => new(new ConsumerOverview(
        wire.Registered,
        Fields.ReadAmount(wire.Deposited),
        Fields.ReadAmount(wire.Promised),
        Fields.ReadAmount(wire.Settleable),
        Fields.ReadAmount(wire.Credited),
        Fields.ReadAmount(wire.Settled),
        SharedFormats.ReadOptional(wire.Latest))
    {
        Frozen = wire.Frozen,
        Exiting = wire.Exiting,
        Consented = Fields.ReadAmount(wire.Consented),
        Block = wire.Block,
        OpeningDeadline = wire.OpeningDeadline,
    });
}
