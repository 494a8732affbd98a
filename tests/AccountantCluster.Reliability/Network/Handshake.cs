using System.Buffers.Binary;
using Google.Protobuf;

namespace AccountantCluster.Reliability.Network;

/// <summary>
/// The first frame of a connection between nodes, as far as it says who opened it: Akka.Remote's AkkaProtocolMessage, whose instruction
/// (field 2) carries the handshake's info (field 2) with the origin's address (field 1) and its port (field 3).
/// </summary>
internal static class Handshake
{
    /// <summary>Bytes before each frame: its length, in little-endian.</summary>
    public const int HeaderLength = 4;

    /// <summary>More than any first frame.</summary>
    public const int LongestFrame = 16 * 1024;

    private static readonly int[] WayToAddress = [2, 2, 1];
    private const int PortField = 3;

    /// <summary>The length of the frame after a header.</summary>
    /// <exception cref="InvalidDataException">It is no first frame.</exception>
    public static int FrameLength(ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return length is > 0 and <= LongestFrame ? length : throw new InvalidDataException($"A first frame of {length} bytes.");
    }

    /// <summary>The port in the address of the node that opened the connection.</summary>
    /// <exception cref="InvalidDataException">The frame names none.</exception>
    public static int OriginPort(byte[] frame)
    {
        var message = frame;
        foreach (var field in WayToAddress) message = Bytes(message, field);
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == PortField && WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint)
                return (int)input.ReadUInt32();
            input.SkipLastField();
        }
        throw new InvalidDataException("The first frame names no port.");
    }

    private static byte[] Bytes(byte[] message, int field)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                return input.ReadBytes().ToByteArray();
            input.SkipLastField();
        }
        throw new InvalidDataException($"The first frame has no field {field}.");
    }
}
