using CsCheck;

namespace AccountantCluster.Protocol.Tests.Signing;

/// <summary>Both implementations give the same answer to every input: random, and good signatures with something wrong.</summary>
public sealed class CurveAgreementTests
{
    private static readonly ManagedCurve Managed = new();
    private static readonly Bytes32[] Numbers =
    [
        default, Bytes32.FromUInt128(1), Bytes32.FromUInt128(2), PlainMath.ToWord(PlainMath.HalfN), PlainMath.ToWord(PlainMath.N),
        PlainMath.ToWord(PlainMath.N.Subtract(Org.BouncyCastle.Math.BigInteger.One)), PlainMath.ToWord(PlainMath.P),
        PlainMath.ToWord(Org.BouncyCastle.Math.BigInteger.Two.Pow(256).Subtract(Org.BouncyCastle.Math.BigInteger.One)),
    ];

    private static readonly Gen<Bytes32> Number =
        Gen.Frequency((4, Generate.Bytes32), (1, Gen.Int[0, Numbers.Length - 1].Select(i => Numbers[i])));

    private static readonly Gen<PrivateKey> Key = Generate.Bytes32
        .Where(number => !number.IsZero && number < PlainMath.ToWord(PlainMath.N)).Select(number => new PrivateKey(number.ToArray()));

    [NativeCurveFact]
    public void Both_sign_alike() =>
        Gen.Select(Number, Key).Sample((digest, key) => Managed.Sign(digest, key) == Native.Sign(digest, key), iter: TestEffort.Of(1_000));

    [NativeCurveFact]
    public void Both_answer_random_signatures_alike() =>
        Gen.Select(Number, Number, Number, Gen.Bool).Sample(
            (digest, r, s, isOdd) =>
            {
                byte[] bytes = [.. r.ToArray(), .. s.ToArray(), (byte)(isOdd ? 28 : 27)];
                return !Signature.TryParse(bytes, out var signature) || AnswerAlike(digest, signature);
            },
            iter: TestEffort.Of(3_000));

    [NativeCurveFact]
    public void Both_answer_damaged_signatures_alike() =>
        Gen.Select(Number, Key, Gen.Int[0, (65 * 8) - 1], Gen.Bool).Sample(
            (digest, key, bit, isDamaged) =>
            {
                var bytes = Managed.Sign(digest, key).ToArray();
                if (isDamaged) bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                if (!Signature.TryParse(bytes, out var signature)) return isDamaged;
                return AnswerAlike(digest, signature)
                    && Managed.Verify(digest, signature, key.PublicKey) == !isDamaged
                    && Native.Verify(digest, signature, key.PublicKey) == !isDamaged;
            },
            iter: TestEffort.Of(1_000));

    private static NativeCurve Native =>
        NativeCurve.TryCreate(out var native) ? native : throw new InvalidOperationException(Curves.WhyNotNative);

    private static bool AnswerAlike(Bytes32 digest, Signature signature)
    {
        var managed = Managed.TryRecoverKey(digest, signature, out var managedKey);
        var native = Native.TryRecoverKey(digest, signature, out var nativeKey);
        return managed == native
            && managedKey == nativeKey
            && Managed.TryRecover(digest, signature, out var managedSigner) == Native.TryRecover(digest, signature, out var nativeSigner)
            && managedSigner == nativeSigner
            && Managed.Verify(digest, signature, managedKey) == Native.Verify(digest, signature, managedKey);
    }
}
