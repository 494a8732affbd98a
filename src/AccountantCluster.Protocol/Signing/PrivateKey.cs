using System.Security.Cryptography;

namespace AccountantCluster.Protocol;

/// <summary>A secp256k1 private key. Its bytes are wiped on disposal and never shown.</summary>
public sealed class PrivateKey : IDisposable
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private readonly byte[] _bytes;
    private bool _disposed;

    /// <summary>Reads 32 bytes.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes, zero, or not below the curve's order.</exception>
    public PrivateKey(ReadOnlySpan<byte> bytes)
    {
        if (!IsValid(bytes)) throw new ArgumentException("Not a private key of secp256k1.", nameof(bytes));
        _bytes = bytes.ToArray();
        PublicKey = ManagedCurve.DerivePublicKey(_bytes);
        Address = PublicKey.ToAddress();
    }

    /// <summary>The key's public half.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The identity that this key signs for.</summary>
    public Address Address { get; }

    /// <summary>A new random key.</summary>
    public static PrivateKey Generate()
    {
        Span<byte> bytes = stackalloc byte[Length];
        // A random 256-bit number is a valid key but for one in 2^128.
        do RandomNumberGenerator.Fill(bytes);
        while (!IsValid(bytes));
        var key = new PrivateKey(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <summary>Copies the 32 secret bytes, for a keystore or a derivation; the caller wipes them.</summary>
    public void CopyTo(Span<byte> destination) => Secret.CopyTo(destination);

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        _disposed = true;
    }

    /// <summary>Names the identity, never the key.</summary>
    public override string ToString() => $"key of {Address}";

    internal ReadOnlySpan<byte> Secret
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    private static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) return false;
        var number = new Bytes32(bytes);
        return !number.IsZero && number < CurveOrder.N;
    }
}
