using System.Collections.Frozen;
using System.Runtime.Serialization;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>Everything that the cluster writes to its journal or sends between nodes. The number in a manifest is its version.</summary>
internal static class MessageFormats
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<MessageFormat> All { get; } =
    [
        .. ConsumerChannelEventFormats.All,
        MessageFormat.Of<ConsumerChannelState, Wire.ConsumerChannelState>(
            "cs1", ConsumerChannelStateFormat.Write, ConsumerChannelStateFormat.Read),
        .. ConsumerChannelMessageFormats.All,
        .. ProviderChannelEventFormats.All,
        MessageFormat.Of<ProviderChannelState, Wire.ProviderChannelState>(
            "ps1", ProviderChannelStateFormat.Write, ProviderChannelStateFormat.Read),
        .. ProviderChannelMessageFormats.All,
        MessageFormat.Of<ChannelEnvelope, Wire.ChannelEnvelope>(
            ChannelEnvelopeFormat.Manifest, ChannelEnvelopeFormat.Write, ChannelEnvelopeFormat.Read),
        .. LaneFormats.All,
        .. MakerFormats.All,
        .. ObserverFormats.All,
        .. SigningFormats.All,
        MessageFormat.Of("ob1", (Observed _) => new Wire.Observed(), _ => Observed.Instance),
        MessageFormat.Of(
            "ev1",
            (EvidenceTaken value) => new Wire.EvidenceTaken { Reason = (int)value.Reason },
            wire => new EvidenceTaken(Fields.ReadReason(wire.Reason))),
    ];

    private static readonly FrozenDictionary<Type, MessageFormat> ByType = All.ToFrozenDictionary(format => format.Type);
    private static readonly FrozenDictionary<string, MessageFormat> ByManifest = All.ToFrozenDictionary(format => format.Manifest);

    /// <summary>The format of a type.</summary>
    /// <exception cref="SerializationException">It has none.</exception>
    public static MessageFormat Of(Type type) =>
        ByType.TryGetValue(type, out var format) ? format : throw new SerializationException($"{type} has no format.");

    /// <summary>The format that a manifest names.</summary>
    /// <exception cref="SerializationException">It names none.</exception>
    public static MessageFormat Of(string manifest) =>
        ByManifest.TryGetValue(manifest, out var format) ? format : throw new SerializationException($"Unknown manifest {manifest}.");
}
