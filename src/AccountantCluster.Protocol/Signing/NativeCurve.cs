using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace AccountantCluster.Protocol;

/// <summary>The curve in libsecp256k1: several times as fast as managed code, on machines that have its shared library.</summary>
public sealed unsafe class NativeCurve : ICurve
{
    // SECP256K1_CONTEXT_SIGN | SECP256K1_CONTEXT_VERIFY: newer versions ignore them, older ones need both.
    private const uint ContextFlags = 0x0301;
    private const uint UncompressedFlag = 0x0002;

    // Sizes of the library's opaque structures.
    private const int OpaqueSignatureLength = 65;
    private const int OpaquePublicKeyLength = 64;

    private const int CompactLength = 2 * Bytes32.Length;
    private const int UncompressedLength = 1 + PublicKey.Length;

    private static readonly Lazy<NativeCurve?> Shared = new(Load);

    private readonly Secp256k1Library _library;

    // Lives as long as the process. After it was randomised it is only read, so any number of threads may use it.
    private readonly nint _context;

    private NativeCurve(Secp256k1Library library, nint context) => (_library, _context) = (library, context);

    /// <inheritdoc/>
    public string Name => "native";

    /// <summary>The one native curve of this process; false where the shared library is missing or has no recovery module.</summary>
    public static bool TryCreate([NotNullWhen(true)] out NativeCurve? curve)
    {
        curve = Shared.Value;
        return curve is not null;
    }

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

        var compact = stackalloc byte[CompactLength];
        var message = stackalloc byte[Bytes32.Length];
        var opaqueSignature = stackalloc byte[OpaqueSignatureLength];
        var opaqueKey = stackalloc byte[OpaquePublicKeyLength];
        signature.R.CopyTo(new Span<byte>(compact, Bytes32.Length));
        signature.S.CopyTo(new Span<byte>(compact + Bytes32.Length, Bytes32.Length));
        digest.CopyTo(new Span<byte>(message, Bytes32.Length));
        if (_library.ParseSignature(_context, opaqueSignature, compact, signature.V - 27) != 1) return false;
        if (_library.Recover(_context, opaqueKey, opaqueSignature, message) != 1) return false;
        signer = ReadPublicKey(opaqueKey);
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Recovers and compares (41 µs). The library's own verification (34 µs) ignores v and also accepts a nonce point whose x is r + n, and
    /// telling those apart costs more than the difference.
    /// </remarks>
    public bool Verify(Bytes32 digest, in Signature signature, PublicKey signer) =>
        TryRecoverKey(digest, signature, out var recovered) && recovered == signer;

    /// <inheritdoc/>
    public Signature Sign(Bytes32 digest, PrivateKey key)
    {
        var message = stackalloc byte[Bytes32.Length];
        var opaque = stackalloc byte[OpaqueSignatureLength];
        // RFC 6979 derives the nonce from the digest modulo n; the library's older versions leave that to the caller.
        CurveOrder.Reduce(digest).CopyTo(new Span<byte>(message, Bytes32.Length));
        fixed (byte* secret = key.Secret)
        {
            if (_library.Sign(_context, opaque, message, secret, 0, 0) != 1)
                throw new InvalidOperationException("libsecp256k1 refused to sign.");
        }

        Span<byte> bytes = stackalloc byte[Signature.Length];
        int recoveryId;
        fixed (byte* compact = bytes) _ = _library.SerializeSignature(_context, compact, &recoveryId, opaque);
        // v has no room for a nonce point whose x is at or above the order (one in 2^127); the managed curve takes the next nonce there.
        if (recoveryId > 1) return new ManagedCurve().Sign(digest, key);
        bytes[64] = (byte)(27 + recoveryId);
        return Signature.TryParse(bytes, out var signature)
            ? signature
            : throw new InvalidOperationException("The signature just made is not canonical.");
    }

    private static NativeCurve? Load()
    {
        if (!Secp256k1Library.TryLoad(out var library)) return null;
        var context = library.CreateContext(ContextFlags);
        if (context == 0) return null;
        // Blinds the multiplications of secrets against side channels.
        var seed = stackalloc byte[Bytes32.Length];
        RandomNumberGenerator.Fill(new Span<byte>(seed, Bytes32.Length));
        return library.RandomizeContext(context, seed) == 1 ? new NativeCurve(library, context) : null;
    }

    private PublicKey ReadPublicKey(byte* opaqueKey)
    {
        var serialized = stackalloc byte[UncompressedLength];
        nuint length = UncompressedLength;
        _ = _library.SerializePublicKey(_context, serialized, &length, opaqueKey, UncompressedFlag);
        return new PublicKey(
            new Bytes32(new ReadOnlySpan<byte>(serialized + 1, Bytes32.Length)),
            new Bytes32(new ReadOnlySpan<byte>(serialized + 1 + Bytes32.Length, Bytes32.Length)));
    }
}
