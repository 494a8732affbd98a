using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace AccountantCluster.Protocol;

/// <summary>The curve in managed code (BouncyCastle): runs everywhere, at about a quarter of the native speed.</summary>
public sealed class ManagedCurve : ICurve
{
    private static readonly X9ECParameters Parameters = CustomNamedCurves.GetByName("secp256k1");
    private static readonly ECPoint Generator = Parameters.G;
    private static readonly BigInteger Order = Parameters.N;
    private static readonly BigInteger HalfOrder = Order.ShiftRight(1);

    /// <inheritdoc/>
    public string Name => "managed";

    /// <inheritdoc/>
    public bool TryRecover(Bytes32 digest, in Signature signature, out Address signer)
    {
        var recovered = TryRecoverKey(digest, signature, out var key);
        signer = recovered ? key.ToAddress() : default;
        return recovered && !signer.IsZero;
    }

    /// <inheritdoc/>
    public bool TryRecoverKey(Bytes32 digest, in Signature signature, out PublicKey signer)
    {
        signer = default;
        // The default value never went through TryParse: it is no signature.
        if (signature.V is not (27 or 28)) return false;
        if (!TryDecompress(signature.R, isOdd: signature.V == 28, out var noncePoint)) return false;

        var (r, s, e) = (ToInteger(signature.R), ToInteger(signature.S), ToInteger(digest).Mod(Order));
        var inverse = r.ModInverse(Order);
        var point = ECAlgorithms.SumOfTwoMultiplies(
            Generator, Order.Subtract(e).Multiply(inverse).Mod(Order), noncePoint, s.Multiply(inverse).Mod(Order)).Normalize();
        if (point.IsInfinity) return false;
        signer = ToPublicKey(point);
        return true;
    }

    /// <inheritdoc/>
    public bool Verify(Bytes32 digest, in Signature signature, PublicKey signer) =>
        TryRecoverKey(digest, signature, out var recovered) && recovered == signer;

    /// <inheritdoc/>
    public Signature Sign(Bytes32 digest, PrivateKey key)
    {
        var secret = new BigInteger(1, key.Secret);
        var message = digest.ToArray();
        var e = new BigInteger(1, message);
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(Order, secret, message);
        // A second nonce is needed with a probability of about 2^-127; the bound only keeps the loop finite.
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var k = nonces.NextK();
            var point = Generator.Multiply(k).Normalize();
            var x = point.AffineXCoord.ToBigInteger();
            // v has no room for an x at or above the order.
            if (x.CompareTo(Order) >= 0) continue;
            var s = k.ModInverse(Order).Multiply(e.Add(secret.Multiply(x))).Mod(Order);
            if (s.SignValue == 0) continue;
            var isOdd = point.AffineYCoord.TestBitZero();
            if (s.CompareTo(HalfOrder) > 0) (s, isOdd) = (Order.Subtract(s), !isOdd);
            return Assemble(x, s, isOdd);
        }
        throw new InvalidOperationException("No usable nonce.");
    }

    internal static PublicKey DerivePublicKey(ReadOnlySpan<byte> secret) =>
        ToPublicKey(Generator.Multiply(new BigInteger(1, secret)).Normalize());

    private static Signature Assemble(BigInteger r, BigInteger s, bool isOdd)
    {
        Span<byte> bytes = stackalloc byte[Signature.Length];
        ToWord(r).CopyTo(bytes);
        ToWord(s).CopyTo(bytes[32..]);
        bytes[64] = (byte)(isOdd ? 28 : 27);
        return Signature.TryParse(bytes, out var signature)
            ? signature
            : throw new InvalidOperationException("The signature just made is not canonical.");
    }

    private static bool TryDecompress(Bytes32 x, bool isOdd, out ECPoint point)
    {
        Span<byte> compressed = stackalloc byte[33];
        compressed[0] = (byte)(isOdd ? 3 : 2);
        x.CopyTo(compressed[1..]);
        try
        {
            point = Parameters.Curve.DecodePoint(compressed);
            return true;
        }
        catch (ArgumentException)
        {
            // The library's only way to say that no point has this x.
            point = Parameters.Curve.Infinity;
            return false;
        }
    }

    private static BigInteger ToInteger(Bytes32 word)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        word.CopyTo(bytes);
        return new BigInteger(1, bytes);
    }

    private static PublicKey ToPublicKey(ECPoint point) =>
        new(ToWord(point.AffineXCoord.ToBigInteger()), ToWord(point.AffineYCoord.ToBigInteger()));

    private static Bytes32 ToWord(BigInteger number)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        bytes.Clear();
        var digits = number.ToByteArrayUnsigned();
        digits.CopyTo(bytes[(Bytes32.Length - digits.Length)..]);
        return new Bytes32(bytes);
    }
}
