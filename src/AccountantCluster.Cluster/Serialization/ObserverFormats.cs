using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Channels.Openings;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>The journal of the observer, its snapshot, and what it is told. Equal states give equal bytes.</summary>
internal static class ObserverFormats
{
    public static IReadOnlyList<MessageFormat> All { get; } =
    [
        MessageFormat.Of<ObserverEvent.Read, Wire.ObserverRead>("oe-read-1", Write, Read),
        MessageFormat.Of<ObserverEvent.WentBack, Wire.ObserverWentBack>("oe-back-1", Write, Read),
        MessageFormat.Of<ObserverEvent.OpeningGranted, Wire.OpeningGranted>("oe-granted-1", Write, Read),
        MessageFormat.Of<ObserverEvent.OpeningEnded, Wire.OpeningEnded>("oe-ended-1", Write, Read),
        MessageFormat.Of<ObserverState, Wire.ObserverState>("os1", Write, Read),
        MessageFormat.Of<SettleableReported, Wire.SettleableReported>("sr1", Write, Read),
    ];

    private static Wire.ObserverRead Write(ObserverEvent.Read value)
    {
        var wire = new Wire.ObserverRead { UpTo = Write(value.UpTo) };
        wire.Consumers.AddRange(value.Consumers.Select(Write));
        wire.Providers.AddRange(value.Providers.Select(Fields.Write));
        return wire;
    }

    private static ObserverEvent.Read Read(Wire.ObserverRead wire) => new(
        Read(wire.UpTo), Fields.ReadAll(wire.Consumers, Read), Fields.ReadAll(wire.Providers, Fields.ReadAddress));

    private static Wire.ObserverWentBack Write(ObserverEvent.WentBack value) =>
        value.To is { } to ? new Wire.ObserverWentBack { To = to } : new Wire.ObserverWentBack();

    private static ObserverEvent.WentBack Read(Wire.ObserverWentBack wire) => new(wire.HasTo ? wire.To : null);

    private static Wire.OpeningGranted Write(ObserverEvent.OpeningGranted value) => new()
    {
        Channel = Fields.Write(value.Channel),
        Opening = SharedFormats.Write(value.Opening),
        Amount = Fields.Write(value.Amount),
        Time = value.Time,
    };

    private static ObserverEvent.OpeningGranted Read(Wire.OpeningGranted wire) => new(
        Fields.ReadAddress(wire.Channel), SharedFormats.Read(wire.Opening), Fields.ReadAmount(wire.Amount), wire.Time);

    private static Wire.OpeningEnded Write(ObserverEvent.OpeningEnded value) => new()
    {
        Channel = Fields.Write(value.Channel),
        Promised = Fields.Write(value.Promised),
        Lost = Fields.Write(value.Lost),
        Time = value.Time,
    };

    private static ObserverEvent.OpeningEnded Read(Wire.OpeningEnded wire) => new(
        Fields.ReadAddress(wire.Channel), Fields.ReadAmount(wire.Promised), Fields.ReadAmount(wire.Lost), wire.Time);

    private static Wire.ObserverState Write(ObserverState state)
    {
        var wire = new Wire.ObserverState
        {
            OpeningHour = state.Openings.Hour,
            OpeningsInHour = state.Openings.GrantedInHour,
        };
        wire.Openings.AddRange(state.Openings.Openings.OrderBy(pair => pair.Key).Select(pair => Write(pair.Key, pair.Value)));
        wire.Trail.AddRange(state.Trail.Positions.Select(Write));
        wire.Consumers.AddRange(
            state.Consumers.OrderBy(pair => pair.Key).Select(pair => Write(new FoundConsumer(pair.Key, pair.Value))));
        wire.Providers.AddRange(state.Providers.Order().Select(Fields.Write));
        return wire;
    }

    private static ObserverState Read(Wire.ObserverState wire) => new()
    {
        Trail = new BlockTrail([.. wire.Trail.Select(Read)]),
        Consumers = wire.Consumers.Select(Read).ToImmutableDictionary(found => found.Channel, found => found.Identity),
        Providers = [.. wire.Providers.Select(Fields.ReadAddress)],
        Openings = new OpeningLedger
        {
            Openings = wire.Openings.ToImmutableDictionary(granted => Fields.ReadAddress(granted.Channel), Read),
            Hour = wire.OpeningHour,
            GrantedInHour = wire.OpeningsInHour,
        },
    };

    private static Wire.ObserverState.Types.GrantedOpening Write(Address channel, GrantedOpening granted) => new()
    {
        Channel = Fields.Write(channel),
        Opening = SharedFormats.Write(granted.Opening),
        Granted = Fields.Write(granted.Granted),
        Promised = Fields.Write(granted.Promised),
        Lost = Fields.Write(granted.Lost),
        FailedAt = granted.FailedAt,
    };

    private static GrantedOpening Read(Wire.ObserverState.Types.GrantedOpening wire) =>
        new(SharedFormats.Read(wire.Opening), Fields.ReadAmount(wire.Granted))
        {
            Promised = Fields.ReadAmount(wire.Promised),
            Lost = Fields.ReadAmount(wire.Lost),
            FailedAt = wire.FailedAt,
        };

    private static Wire.SettleableReported Write(SettleableReported value)
    {
        var wire = new Wire.SettleableReported();
        wire.Consumers.AddRange(value.Consumers.Select(Write));
        wire.Providers.AddRange(value.Providers.Select(Write));
        wire.Openings.AddRange(value.Openings.Select(held => new Wire.SettleableReported.Types.HeldOpening
        {
            Channel = Fields.Write(held.Channel),
            Opening = SharedFormats.Write(held.Opening),
        }));
        return wire;
    }

    private static SettleableReported Read(Wire.SettleableReported wire) =>
        new(Fields.ReadAll(wire.Consumers, Read), Fields.ReadAll(wire.Providers, Read))
        {
            Openings = Fields.ReadAll(
                wire.Openings, held => new HeldOpening(Fields.ReadAddress(held.Channel), SharedFormats.Read(held.Opening))),
        };

    private static Wire.BlockPosition Write(BlockPosition position) =>
        new() { Number = position.Number, Hash = Fields.Write(position.Hash) };

    private static BlockPosition Read(Wire.BlockPosition wire) =>
        new(Fields.Require(wire).Number, Fields.ReadBytes32(wire.Hash));

    private static Wire.FoundConsumer Write(FoundConsumer found) =>
        new() { Channel = Fields.Write(found.Channel), Identity = Fields.Write(found.Identity) };

    private static FoundConsumer Read(Wire.FoundConsumer wire) =>
        new(Fields.ReadAddress(wire.Channel), Fields.ReadAddress(wire.Identity));

    private static Wire.SettleableReported.Types.Report Write(Report report) =>
        new() { Channel = Fields.Write(report.Channel), Unsettled = Fields.Write(report.Unsettled) };

    private static Report Read(Wire.SettleableReported.Types.Report wire) =>
        new(Fields.ReadAddress(wire.Channel), Fields.ReadAmount(wire.Unsettled));
}
