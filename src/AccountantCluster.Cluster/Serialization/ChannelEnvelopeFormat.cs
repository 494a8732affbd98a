using System.Runtime.Serialization;
using Google.Protobuf;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>Messages that cross between nodes together, each as it would be on its own.</summary>
internal static class ChannelEnvelopeFormat
{
    /// <summary>Its manifest.</summary>
    public const string Manifest = "en1";

    public static Wire.ChannelEnvelope Write(ChannelEnvelope value)
    {
        var wire = new Wire.ChannelEnvelope();
        foreach (var message in value.Messages)
        {
            var format = MessageFormats.Of(message.GetType());
            wire.Messages.Add(new Wire.ChannelEnvelope.Types.Enveloped
            {
                Manifest = format.Manifest,
                Payload = format.Write(message).ToByteString(),
            });
        }
        return wire;
    }

    public static ChannelEnvelope Read(Wire.ChannelEnvelope wire) => new(Fields.ReadAll(wire.Messages, Open));

    private static IChannelMessage Open(Wire.ChannelEnvelope.Types.Enveloped enveloped)
    {
        // One in another could go as deep as its sender likes.
        if (enveloped.Manifest == Manifest) throw new SerializationException("An envelope in an envelope.");
        return MessageFormats.Of(enveloped.Manifest).Read(enveloped.Payload.ToByteArray()) as IChannelMessage
            ?? throw new SerializationException($"{enveloped.Manifest} is no message.");
    }
}
