using System.Diagnostics.CodeAnalysis;

namespace AccountantCluster.Protocol;

/// <summary>A secp256k1 public key: the two coordinates of its point, 64 bytes.</summary>
public readonly struct PublicKey : IEquatable<PublicKey>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 64;

    /// <summary>A point with those coordinates; whether it lies on the curve is for the verifier to say.</summary>
    public PublicKey(Bytes32 x, Bytes32 y) => (X, Y) = (x, y);

    /// <summary>The x coordinate.</summary>
    public Bytes32 X { get; }

    /// <summary>The y coordinate.</summary>
    public Bytes32 Y { get; }

    /// <summary>The last 20 bytes of keccak256(x ‖ y).</summary>
    public Address ToAddress()
    {
        Span<byte> point = stackalloc byte[Length];
        CopyTo(point);
        Span<byte> hash = stackalloc byte[Bytes32.Length];
        Keccak256.Hash(point).CopyTo(hash);
        return new Address(hash[12..]);
    }

    /// <summary>Writes x ‖ y to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        X.CopyTo(destination);
        Y.CopyTo(destination[Bytes32.Length..]);
    }

    /// <inheritdoc/>
    public bool Equals(PublicKey other) => X == other.X && Y == other.Y;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is PublicKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => X.GetHashCode();

    /// <summary>Equal points.</summary>
    public static bool operator ==(PublicKey left, PublicKey right) => left.Equals(right);

    /// <summary>Different points.</summary>
    public static bool operator !=(PublicKey left, PublicKey right) => !left.Equals(right);
}
