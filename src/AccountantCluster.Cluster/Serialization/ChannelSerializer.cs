using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace AccountantCluster.Cluster;

/// <summary>
/// The one serializer of the cluster's own events, snapshots and messages: protobuf under short manifests (<see cref="MessageFormats"/>).
/// What it does not know it refuses, both ways.
/// </summary>
internal sealed class ChannelSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Stands in every journal row and never changes.</summary>
    public override int Identifier => 4701;

    /// <inheritdoc/>
    public override string Manifest(object o) => MessageFormats.Of(o.GetType()).Manifest;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => MessageFormats.Of(obj.GetType()).Write(obj).ToByteArray();

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return MessageFormats.Of(manifest).Read(bytes);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new SerializationException($"Not a message of the manifest {manifest}.", exception);
        }
    }
}
