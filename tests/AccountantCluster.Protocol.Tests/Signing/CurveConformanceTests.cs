using System.Security.Cryptography;
using System.Text;

namespace AccountantCluster.Protocol.Tests.Signing;

/// <summary>What every implementation of the curve must do; one row per implementation.</summary>
public sealed class CurveConformanceTests
{
    private static readonly PrivateKey Key = TestKeys.Named("conformance");

    // Deterministic signatures over SHA-256 digests that several libraries publish for secp256k1 (RFC 6979 itself has none for this curve).
    private static readonly (string Key, string Message, string Signature)[] KnownAnswers =
    [
        ("0000000000000000000000000000000000000000000000000000000000000001", "Satoshi Nakamoto",
            "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5"),
        ("0000000000000000000000000000000000000000000000000000000000000001",
            "All those moments will be lost in time, like tears in rain. Time to die...",
            "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21"),
        ("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", "Satoshi Nakamoto",
            "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d06b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5"),
        ("f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181", "Alan Turing",
            "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"),
        ("e91671c46231f833a6406ccbea0e3e392c76c167bac1cb013f6f1013980455c2",
            "There is a computer disease that anybody who works with computers knows about. It's a very serious disease and it interferes "
            + "completely with the work. The trouble with computers is that you 'play' with them!",
            "b552edd27580141f3b2a5463048cb7cd3e047b97c9f98076c32dbdf85a68718b279fa72dd19bfae05577e06c7c0c1900c371fcd5893f7e1d56a37d30174671f6"),
    ];

    [Theory, OnManagedCurve, OnNativeCurve]
    public void Signs_as_RFC_6979_does(string curve)
    {
        foreach (var (secret, message, expected) in KnownAnswers)
        {
            using var key = new PrivateKey(Convert.FromHexString(secret));
            var digest = new Bytes32(SHA256.HashData(Encoding.UTF8.GetBytes(message)));
            var signature = Curves.Named(curve).Sign(digest, key);
            Assert.Equal(expected, Convert.ToHexStringLower(signature.ToArray().AsSpan(0, 64)));
            Assert.True(Curves.Named(curve).TryRecover(digest, signature, out var signer));
            Assert.Equal(key.Address, signer);
        }
    }

    [Theory, OnManagedCurve, OnNativeCurve]
    public void Accepts_every_good_signature_and_no_hostile_one(string curve)
    {
        foreach (var row in SignatureCases.All)
        {
            var accepted = Signature.TryParse(row.Signature, out var signature)
                && Curves.Named(curve).TryRecover(row.Digest, signature, out var signer)
                && signer == row.Signer;
            Assert.True(accepted == row.Valid, row.Name);
        }
    }

    [Theory, OnManagedCurve, OnNativeCurve]
    public void Names_nobody_where_it_recovers_nothing(string curve)
    {
        var refused = 0;
        foreach (var row in SignatureCases.All)
        {
            if (!Signature.TryParse(row.Signature, out var signature)) continue;
            var recovered = Curves.Named(curve).TryRecover(row.Digest, signature, out var signer);
            Assert.True(recovered != signer.IsZero, row.Name);
            Assert.Equal(recovered, Curves.Named(curve).TryRecoverKey(row.Digest, signature, out var key));
            Assert.Equal(signer, recovered ? key.ToAddress() : default);
            if (!recovered) refused++;
        }
        Assert.True(refused >= 2);
    }

    [Theory, OnManagedCurve, OnNativeCurve]
    public void Verifies_exactly_what_it_recovers(string curve)
    {
        foreach (var row in SignatureCases.All)
        {
            if (!Signature.TryParse(row.Signature, out var signature)) continue;
            if (!Curves.Named(curve).TryRecoverKey(row.Digest, signature, out var key)) continue;
            Assert.True(Curves.Named(curve).Verify(row.Digest, signature, key), row.Name);
            Assert.False(Curves.Named(curve).Verify(row.Digest, signature, Key.PublicKey), row.Name);
            Assert.False(Curves.Named(curve).Verify(row.Digest, WithOtherV(signature), key), row.Name);
        }
    }

    [Theory, OnManagedCurve, OnNativeCurve]
    public void Refuses_to_verify_a_nonce_point_above_the_order_though_the_textbook_would(string curve)
    {
        var (digest, r, s, key) = SignatureCases.AboveTheOrder();
        Assert.True(PlainMath.Verify(digest, r, s, key));
        Assert.True(Signature.TryParse(PlainMath.Encode(r, s, 27), out var signature));
        Assert.True(Curves.Named(curve).TryRecoverKey(digest, signature, out var another));
        Assert.NotEqual(key, another);
        Assert.False(Curves.Named(curve).Verify(digest, signature, key));
        Assert.False(Curves.Named(curve).Verify(digest, WithOtherV(signature), key));
    }

    [Theory, OnManagedCurve, OnNativeCurve]
    public void Refuses_the_default_signature(string curve)
    {
        Assert.False(Curves.Named(curve).TryRecover(default, default, out var signer));
        Assert.False(Curves.Named(curve).TryRecoverKey(default, default, out _));
        Assert.False(Curves.Named(curve).Verify(default, default, Key.PublicKey));
        Assert.False(Curves.Named(curve).Verify(default, default, default));
        Assert.True(signer.IsZero);
    }

    [Theory, OnManagedCurve, OnNativeCurve]
    public void Refuses_keys_that_are_no_points(string curve)
    {
        var signature = Curves.Named(curve).Sign(default, Key);
        Assert.False(Curves.Named(curve).Verify(default, signature, default));
        Assert.False(Curves.Named(curve).Verify(default, signature, new PublicKey(Key.PublicKey.X, Key.PublicKey.X)));
        Assert.False(Curves.Named(curve).Verify(default, signature, new PublicKey(PlainMath.ToWord(PlainMath.P), Key.PublicKey.Y)));
    }

    [Theory, OnManagedCurve, OnNativeCurve]
    public void Signs_with_a_low_s_and_a_right_v(string curve)
    {
        var seen = new HashSet<byte>();
        for (var i = 0; i < 50; i++)
        {
            var digest = SignatureCases.Digest($"low s {i}");
            var signature = Curves.Named(curve).Sign(digest, Key);
            Assert.True(Signature.TryParse(signature.ToArray(), out var parsed));
            Assert.Equal(signature, parsed);
            Assert.Equal(signature, Curves.Named(curve).Sign(digest, Key));
            Assert.True(Curves.Named(curve).Verify(digest, signature, Key.PublicKey));
            seen.Add(signature.V);
        }
        Assert.Equal(2, seen.Count);
    }

    [Theory, OnManagedCurve, OnNativeCurve]
    public void Is_safe_for_concurrent_use(string curve)
    {
        var digests = Enumerable.Range(0, 16).Select(i => SignatureCases.Digest($"concurrent {i}")).ToArray();
        var expected = digests.Select(digest => Curves.Named(curve).Sign(digest, Key)).ToArray();
        Parallel.For(0, 400, i =>
        {
            var n = i % digests.Length;
            Assert.Equal(expected[n], Curves.Named(curve).Sign(digests[n], Key));
            Assert.True(Curves.Named(curve).TryRecover(digests[n], expected[n], out var signer));
            Assert.Equal(Key.Address, signer);
        });
    }

    [Theory, OnManagedCurve, OnNativeCurve]
    public void Does_not_sign_with_a_key_that_was_wiped(string curve)
    {
        var key = PrivateKey.Generate();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Curves.Named(curve).Sign(default, key));
    }

    [Theory, OnManagedCurve, OnNativeCurve]
    public void Says_which_it_is(string curve) => Assert.Equal(curve, Curves.Named(curve).Name);

    private static Signature WithOtherV(Signature signature)
    {
        var bytes = signature.ToArray();
        bytes[64] = (byte)(55 - bytes[64]);
        Assert.True(Signature.TryParse(bytes, out var other));
        return other;
    }
}
