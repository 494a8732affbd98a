using System.Collections.Immutable;
using AccountantCluster.Chain;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>The journal of the observer, its snapshot, and what it is told. Equal states give equal bytes.</summary>
internal static class ObserverFormats
{
    public static IReadOnlyList<MessageFormat> All { get; } =
    [
        MessageFormat.Of<ObserverEvent.Read, Wire.ObserverRead>("oe-read-1", Write, Read),
        MessageFormat.Of<ObserverEvent.WentBack, Wire.ObserverWentBack>("oe-back-1", Write, Read),
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

    private static Wire.ObserverState Write(ObserverState state)
    {
        var wire = new Wire.ObserverState();
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
    };

    private static Wire.SettleableReported Write(SettleableReported value)
    {
        var wire = new Wire.SettleableReported();
        wire.Consumers.AddRange(value.Consumers.Select(Write));
        wire.Providers.AddRange(value.Providers.Select(Write));
        return wire;
    }

    private static SettleableReported Read(Wire.SettleableReported wire) =>
        new(Fields.ReadAll(wire.Consumers, Read), Fields.ReadAll(wire.Providers, Read));

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
