using System.Diagnostics.CodeAnalysis;

namespace AccountantCluster.Protocol;

/// <summary>
/// 65 bytes r‖s‖v with v in {27, 28} and s in the lower half of the curve's order: the only form that is accepted off chain, because it is the only
/// form that settles on chain (protocol §2). A value of this type has that form; whether it is anybody's signature is for the verifier to say.
/// </summary>
public readonly struct Signature : IEquatable<Signature>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 65;

    private Signature(Bytes32 r, Bytes32 s, byte v) => (R, S, V) = (r, s, v);

    /// <summary>The x coordinate of the nonce point, 0 &lt; r &lt; n.</summary>
    public Bytes32 R { get; }

    /// <summary>The scalar, 0 &lt; s ≤ n/2.</summary>
    public Bytes32 S { get; }

    /// <summary>27 or 28.</summary>
    public byte V { get; }

    /// <summary>Reads r‖s‖v; false unless it is 65 bytes and canonical.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Signature signature)
    {
        signature = default;
        if (bytes.Length != Length) return false;
        var (r, s, v) = (new Bytes32(bytes[..32]), new Bytes32(bytes.Slice(32, 32)), bytes[64]);
        if (v is not (27 or 28) || r.IsZero || s.IsZero || r >= CurveOrder.N || s > CurveOrder.Half) return false;
        signature = new Signature(r, s, v);
        return true;
    }

    /// <summary>Writes r‖s‖v to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        R.CopyTo(destination);
        S.CopyTo(destination[32..]);
        destination[64] = V;
    }

    /// <summary>A new array with the 65 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(Signature other) => R == other.R && S == other.S && V == other.V;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Signature other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(R, S, V);

    /// <summary>"0x" and 130 lower-case hexadecimal digits.</summary>
    public override string ToString() => "0x" + Convert.ToHexStringLower(ToArray());

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(Signature left, Signature right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(Signature left, Signature right) => !left.Equals(right);
}
