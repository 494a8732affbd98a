using System.Text;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace AccountantCluster.Protocol.Tests.Signing;

/// <summary>The signatures that every verifier must agree on: good ones at the edges, and every hostile one we know of.</summary>
internal static class SignatureCases
{
    private static readonly PrivateKey Key = TestKeys.Named("signer");
    private static readonly ManagedCurve Curve = new();
    private static readonly BigInteger Nonce = PlainMath.ToInteger(TestKeys.SecretOf("nonce"));

    public static IReadOnlyList<SignatureCase> All { get; } = [.. Good(), .. WrongForm(), .. WrongPoint(), .. WrongSigner()];

    /// <summary>
    /// A nonce point whose x lies between n and p, so that r = x − n: plain verification accepts the key, recovery with v = 27 or 28 finds
    /// another point or none.
    /// </summary>
    public static (Bytes32 Digest, BigInteger R, BigInteger S, PublicKey Key) AboveTheOrder()
    {
        var (digest, s) = (Digest("above the order"), PlainMath.ToInteger(TestKeys.SecretOf("s")).Mod(PlainMath.HalfN));
        var x = PlainMath.N;
        while (!IsOnCurve(x) || !IsOnCurve(x.Subtract(PlainMath.N))) x = x.Add(BigInteger.One);
        return (digest, x.Subtract(PlainMath.N), s, PlainMath.Recover(digest, PlainMath.PointAt(x, isOdd: false)!, s));
    }

    public static Bytes32 Digest(string text) => Keccak256.Hash(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<SignatureCase> Good()
    {
        yield return Signed("v 27", SignedWith(27).Digest);
        yield return Signed("v 28", SignedWith(28).Digest);
        yield return Signed("digest zero", default);
        yield return Signed("digest equal to the order", PlainMath.ToWord(PlainMath.N));
        yield return Signed("digest above the order", PlainMath.ToWord(BigInteger.Two.Pow(256).Subtract(BigInteger.One)));
        yield return Made("smallest s", PlainMath.Times(Nonce), BigInteger.One, valid: true);
        yield return Made("largest s that is low", PlainMath.Times(Nonce), PlainMath.HalfN, valid: true);
        yield return Made("smallest r", FirstPoint(BigInteger.One, BigInteger.One), BigInteger.Ten, valid: true);
        yield return Made("largest r", FirstPoint(PlainMath.N.Subtract(BigInteger.One), BigInteger.One.Negate()), BigInteger.Ten, valid: true);
    }

    private static IEnumerable<SignatureCase> WrongForm()
    {
        var (digest, good) = SignedWith(27);
        var (r, s) = (PlainMath.ToInteger(good.R), PlainMath.ToInteger(good.S));
        var all = BigInteger.Two.Pow(256).Subtract(BigInteger.One);
        SignatureCase Reject(string name, byte[] signature) => new(name, digest, Key.Address, signature, Valid: false);

        foreach (var v in new byte[] { 0, 1, 26, 29, 30, 255 }) yield return Reject($"v {v}", PlainMath.Encode(r, s, v));
        yield return Reject("high s, which recovers the signer", PlainMath.Encode(r, PlainMath.N.Subtract(s), 28));
        yield return Reject("high s under the same v", PlainMath.Encode(r, PlainMath.N.Subtract(s), 27));
        yield return Made("smallest s that is high", PlainMath.Times(Nonce), PlainMath.HalfN.Add(BigInteger.One), valid: false);
        yield return Reject("s zero", PlainMath.Encode(r, BigInteger.Zero, 27));
        yield return Reject("s equal to the order", PlainMath.Encode(r, PlainMath.N, 27));
        yield return Reject("s all ones", PlainMath.Encode(r, all, 27));
        yield return Reject("r zero", PlainMath.Encode(BigInteger.Zero, s, 27));
        yield return Reject("r equal to the order", PlainMath.Encode(PlainMath.N, s, 27));
        yield return Reject("r all ones", PlainMath.Encode(all, s, 27));
        yield return Reject("all zero", new byte[65]);
        yield return Reject("no bytes", []);
        // Also its compact form of EIP-2098, where the highest bit of s is v's parity.
        yield return Reject("64 bytes", good.ToArray()[..64]);
        yield return Reject("66 bytes", [.. good.ToArray(), 0]);
    }

    private static IEnumerable<SignatureCase> WrongPoint()
    {
        var (digest, good) = SignedWith(27);
        var missing = BigInteger.Two;
        while (IsOnCurve(missing)) missing = missing.Add(BigInteger.One);
        yield return new("r not on the curve", digest, Key.Address, PlainMath.Encode(missing, PlainMath.ToInteger(good.S), 27), Valid: false);

        var above = AboveTheOrder();
        var signer = above.Key.ToAddress();
        yield return new("nonce point above the order, r reduced", above.Digest, signer, PlainMath.Encode(above.R, above.S, 27), Valid: false);
        yield return new("nonce point above the order, v 29", above.Digest, signer, PlainMath.Encode(above.R, above.S, 29), Valid: false);
        yield return new(
            "nonce point above the order, r not reduced",
            above.Digest,
            signer,
            PlainMath.Encode(above.R.Add(PlainMath.N), above.S, 27),
            Valid: false);

        // sR = eG, so that r⁻¹(sR − eG) is no point; a verifier that takes no for the zero address lets everybody sign for it.
        var point = PlainMath.Times(Nonce);
        var (x, v) = (point.AffineXCoord.ToBigInteger().Mod(PlainMath.N), (byte)(point.AffineYCoord.TestBitZero() ? 28 : 27));
        var nothing = PlainMath.ToWord(Nonce.Multiply(BigInteger.Ten).Mod(PlainMath.N));
        yield return new("recovers the point at infinity", nothing, Address.Zero, PlainMath.Encode(x, BigInteger.Ten, v), Valid: false);
    }

    private static IEnumerable<SignatureCase> WrongSigner()
    {
        var (digest, good) = SignedWith(28);
        var (r, s) = (PlainMath.ToInteger(good.R), PlainMath.ToInteger(good.S));
        yield return new("wrong v", digest, Key.Address, PlainMath.Encode(r, s, 27), Valid: false);
        yield return new("another digest", Digest("another"), Key.Address, good.ToArray(), Valid: false);
        yield return new("another signer", digest, TestKeys.Named("another").Address, good.ToArray(), Valid: false);
        yield return new("claimed for the zero address", digest, Address.Zero, good.ToArray(), Valid: false);
        yield return new("garbage claimed for the zero address", digest, Address.Zero, PlainMath.Encode(BigInteger.Zero, s, 27), Valid: false);
    }

    private static SignatureCase Signed(string name, Bytes32 digest) =>
        new(name, digest, Key.Address, Curve.Sign(digest, Key).ToArray(), Valid: true);

    /// <summary>A signature by whatever key fits the point and s; nobody knows that key.</summary>
    private static SignatureCase Made(string name, ECPoint noncePoint, BigInteger s, bool valid)
    {
        var digest = Digest(name);
        var v = (byte)(noncePoint.AffineYCoord.TestBitZero() ? 28 : 27);
        var signature = PlainMath.Encode(noncePoint.AffineXCoord.ToBigInteger().Mod(PlainMath.N), s, v);
        return new(name, digest, PlainMath.Recover(digest, noncePoint, s).ToAddress(), signature, valid);
    }

    private static bool IsOnCurve(BigInteger x) => PlainMath.PointAt(x, isOdd: false) is not null;

    private static ECPoint FirstPoint(BigInteger x, BigInteger step)
    {
        for (; ; x = x.Add(step))
        {
            if (PlainMath.PointAt(x, isOdd: false) is { } point) return point;
        }
    }

    private static (Bytes32 Digest, Signature Signature) SignedWith(byte v)
    {
        for (var i = 0; ; i++)
        {
            var digest = Digest($"message {i}");
            var signature = Curve.Sign(digest, Key);
            if (signature.V == v) return (digest, signature);
        }
    }
}
