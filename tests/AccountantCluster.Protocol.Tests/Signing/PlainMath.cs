using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace AccountantCluster.Protocol.Tests.Signing;

/// <summary>
/// ECDSA as the textbook has it, on the slow generic curve and without any of the rules of this protocol: what hostile signatures are made
/// and checked with, apart from the code under test.
/// </summary>
internal static class PlainMath
{
    private static readonly X9ECParameters Parameters = SecNamedCurves.GetByName("secp256k1");

    public static BigInteger N => Parameters.N;

    public static BigInteger HalfN => N.ShiftRight(1);

    public static BigInteger P => Parameters.Curve.Field.Characteristic;

    public static BigInteger ToInteger(Bytes32 word) => new(1, word.ToArray());

    public static Bytes32 ToWord(BigInteger number)
    {
        var digits = number.ToByteArrayUnsigned();
        return new Bytes32([.. new byte[Bytes32.Length - digits.Length], .. digits]);
    }

    public static byte[] Encode(BigInteger r, BigInteger s, byte v) => [.. ToWord(r).ToArray(), .. ToWord(s).ToArray(), v];

    /// <summary>The point with that x; null where the curve has none.</summary>
    public static ECPoint? PointAt(BigInteger x, bool isOdd)
    {
        if (x.CompareTo(P) >= 0) return null;
        try
        {
            return Parameters.Curve.DecodePoint([(byte)(isOdd ? 3 : 2), .. ToWord(x).ToArray()]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public static ECPoint Times(BigInteger scalar) => Parameters.G.Multiply(scalar).Normalize();

    /// <summary>r⁻¹(sR − eG): the key that signed, given the whole nonce point.</summary>
    public static PublicKey Recover(Bytes32 digest, ECPoint noncePoint, BigInteger s)
    {
        var r = noncePoint.Normalize().AffineXCoord.ToBigInteger().Mod(N);
        var point = noncePoint.Multiply(s).Subtract(Parameters.G.Multiply(ToInteger(digest))).Multiply(r.ModInverse(N)).Normalize();
        return new PublicKey(ToWord(point.AffineXCoord.ToBigInteger()), ToWord(point.AffineYCoord.ToBigInteger()));
    }

    /// <summary>Textbook verification, which knows no v: x of (e/s)G + (r/s)Q is r modulo n.</summary>
    public static bool Verify(Bytes32 digest, BigInteger r, BigInteger s, PublicKey key)
    {
        var q = Parameters.Curve.CreatePoint(ToInteger(key.X), ToInteger(key.Y));
        var inverse = s.ModInverse(N);
        var point = Parameters.G.Multiply(ToInteger(digest).Multiply(inverse).Mod(N)).Add(q.Multiply(r.Multiply(inverse).Mod(N))).Normalize();
        return !point.IsInfinity && point.AffineXCoord.ToBigInteger().Mod(N).Equals(r);
    }
}
