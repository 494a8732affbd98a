using System.Globalization;
using System.Numerics;
using Google.Protobuf;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>Valid signatures made invalid, each in one way.</summary>
internal static class Signatures
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static ByteString WithV29(ByteString signature) => WithV(signature, 29);

    public static ByteString WithWrongV(ByteString signature) => WithV(signature, Flip(signature[64]));

    /// <summary>The other signature of the same message by the same key, which the chain would refuse: n − s, and the other v.</summary>
    public static ByteString WithHighS(ByteString signature)
    {
        var bytes = signature.ToByteArray();
        var s = Order - new BigInteger(bytes.AsSpan(32, 32), isUnsigned: true, isBigEndian: true);
        var high = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        Array.Clear(bytes, 32, 32);
        high.CopyTo(bytes, 64 - high.Length);
        bytes[64] = Flip(bytes[64]);
        return ByteString.CopyFrom(bytes);
    }

    private static ByteString WithV(ByteString signature, byte v)
    {
        var bytes = signature.ToByteArray();
        bytes[64] = v;
        return ByteString.CopyFrom(bytes);
    }

    private static byte Flip(byte v) => v == 27 ? (byte)28 : (byte)27;
}
