using AccountantCluster.Channels.Consumer;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>The journal of a consumer channel.</summary>
internal static class ConsumerChannelEventFormats
{
    public static IReadOnlyList<MessageFormat> All { get; } =
    [
        MessageFormat.Of<ConsumerChannelEvent.PromiseAccepted, Wire.PromiseAccepted>("ce-accepted-1", WriteAccepted, ReadAccepted),
        MessageFormat.Of(
            "ce-revealed-1",
            (ConsumerChannelEvent.HashlockRevealed value) => new Wire.HashlockRevealed { R = Fields.Write(value.R) },
            wire => new ConsumerChannelEvent.HashlockRevealed(Fields.ReadPreimage(wire.R))),
        MessageFormat.Of(
            "ce-observed-1",
            (ConsumerChannelEvent.ChainObserved value) => new Wire.ConsumerChainObserved { Facts = SharedFormats.Write(value.Facts) },
            wire => new ConsumerChannelEvent.ChainObserved(SharedFormats.Read(wire.Facts))),
        MessageFormat.Of(
            "ce-freeze-1",
            (ConsumerChannelEvent.FreezeChanged value) => new Wire.FreezeChanged { Frozen = value.Frozen },
            wire => new ConsumerChannelEvent.FreezeChanged(wire.Frozen)),
        MessageFormat.Of(
            "ce-exit-seen-1",
            (ConsumerChannelEvent.ExitSeen value) => new Wire.ExitSeen { Block = value.Block },
            wire => new ConsumerChannelEvent.ExitSeen(wire.Block)),
        MessageFormat.Of(
            "ce-consent-1",
            (ConsumerChannelEvent.ConsentGiven value) => new Wire.ConsentGiven { Consent = SharedFormats.Write(value.Consent) },
            wire => new ConsumerChannelEvent.ConsentGiven(SharedFormats.Read(wire.Consent))),
        MessageFormat.Of(
            "ce-proven-1",
            (ConsumerChannelEvent.PromiseProven value) => new Wire.PromiseProven
            {
                Promise = SharedFormats.Write(value.Promise),
                R = Fields.Write(value.R),
            },
            wire => new ConsumerChannelEvent.PromiseProven(SharedFormats.Read(wire.Promise), Fields.ReadPreimage(wire.R))),
        MessageFormat.Of(
            "ce-held-1",
            (ConsumerChannelEvent.RegistrationHeld value) => new Wire.RegistrationHeld { Opening = SharedFormats.Write(value.Opening) },
            wire => new ConsumerChannelEvent.RegistrationHeld(SharedFormats.Read(wire.Opening))),
    ];

    private static Wire.PromiseAccepted WriteAccepted(ConsumerChannelEvent.PromiseAccepted value) => new()
    {
        Promise = SharedFormats.Write(value.Promise),
        Delta = Fields.Write(value.Delta),
        R = Fields.Write(value.R),
    };

    private static ConsumerChannelEvent.PromiseAccepted ReadAccepted(Wire.PromiseAccepted wire) =>
        new(SharedFormats.Read(wire.Promise), Fields.ReadAmount(wire.Delta), Fields.ReadOptionalPreimage(wire.R));
}
