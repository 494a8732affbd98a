using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace AccountantCluster.Protocol;

/// <summary>The functions of libsecp256k1 that are used, from whichever version of its shared library this machine has.</summary>
internal sealed unsafe class Secp256k1Library
{
    // The plain name finds a developer's or a packaged build on every platform; distributions install only versioned names. The functions
    // used are the same in all of these versions.
    private static readonly string[] FileNames =
        ["secp256k1", "libsecp256k1.so.6", "libsecp256k1.so.5", "libsecp256k1.so.2", "libsecp256k1.so.1", "libsecp256k1.so.0"];

    private Secp256k1Library()
    {
    }

    /// <summary>secp256k1_context_create(flags): a context.</summary>
    public required delegate* unmanaged[Cdecl]<uint, nint> CreateContext { get; init; }

    /// <summary>secp256k1_context_randomize(context, seed32).</summary>
    public required delegate* unmanaged[Cdecl]<nint, byte*, int> RandomizeContext { get; init; }

    /// <summary>secp256k1_ecdsa_recoverable_signature_parse_compact(context, out signature, input64, recovery id).</summary>
    public required delegate* unmanaged[Cdecl]<nint, byte*, byte*, int, int> ParseSignature { get; init; }

    /// <summary>secp256k1_ecdsa_recoverable_signature_serialize_compact(context, out output64, out recovery id, signature).</summary>
    public required delegate* unmanaged[Cdecl]<nint, byte*, int*, byte*, int> SerializeSignature { get; init; }

    /// <summary>secp256k1_ecdsa_recover(context, out public key, signature, digest32).</summary>
    public required delegate* unmanaged[Cdecl]<nint, byte*, byte*, byte*, int> Recover { get; init; }

    /// <summary>secp256k1_ecdsa_sign_recoverable(context, out signature, digest32, secret32, nonce function, nonce data).</summary>
    public required delegate* unmanaged[Cdecl]<nint, byte*, byte*, byte*, nint, nint, int> Sign { get; init; }

    /// <summary>secp256k1_ec_pubkey_serialize(context, out output, in/out length, public key, flags).</summary>
    public required delegate* unmanaged[Cdecl]<nint, byte*, nuint*, byte*, uint, int> SerializePublicKey { get; init; }

    /// <summary>Finds the library; false where it is missing or was built without its recovery module.</summary>
    public static bool TryLoad([NotNullWhen(true)] out Secp256k1Library? library)
    {
        library = null;
        foreach (var name in FileNames)
        {
            if (!NativeLibrary.TryLoad(name, typeof(Secp256k1Library).Assembly, searchPath: null, out var handle)) continue;
            if (TryBind(handle, out library)) return true;
            NativeLibrary.Free(handle);
        }
        return false;
    }

    private static bool TryBind(nint handle, [NotNullWhen(true)] out Secp256k1Library? library)
    {
        library = null;
        if (!Find("context_create", out var create)
            || !Find("context_randomize", out var randomize)
            || !Find("ecdsa_recoverable_signature_parse_compact", out var parse)
            || !Find("ecdsa_recoverable_signature_serialize_compact", out var serialize)
            || !Find("ecdsa_recover", out var recover)
            || !Find("ecdsa_sign_recoverable", out var sign)
            || !Find("ec_pubkey_serialize", out var serializeKey))
        {
            return false;
        }

        library = new Secp256k1Library
        {
            CreateContext = (delegate* unmanaged[Cdecl]<uint, nint>)create,
            RandomizeContext = (delegate* unmanaged[Cdecl]<nint, byte*, int>)randomize,
            ParseSignature = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, int, int>)parse,
            SerializeSignature = (delegate* unmanaged[Cdecl]<nint, byte*, int*, byte*, int>)serialize,
            Recover = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, byte*, int>)recover,
            Sign = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, byte*, nint, nint, int>)sign,
            SerializePublicKey = (delegate* unmanaged[Cdecl]<nint, byte*, nuint*, byte*, uint, int>)serializeKey,
        };
        return true;

        bool Find(string function, out nint address) => NativeLibrary.TryGetExport(handle, "secp256k1_" + function, out address);
    }
}
