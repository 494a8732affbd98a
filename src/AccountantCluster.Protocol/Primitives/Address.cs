using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace AccountantCluster.Protocol;

/// <summary>A 20-byte Ethereum address: of an identity (its secp256k1 key) or of a contract.</summary>
public readonly struct Address : IEquatable<Address>, IComparable<Address>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 20;

    private readonly ulong _a, _b;
    private readonly uint _c;

    /// <summary>Reads 20 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 20 bytes long.</exception>
    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"Expected {Length} bytes, got {bytes.Length}.", nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>The address of nobody.</summary>
    public static Address Zero => default;

    /// <summary>True for the address of nobody.</summary>
    public bool IsZero => (_a | _b | _c) == 0;

    /// <summary>Reads "0x" and 40 hexadecimal digits in any case (the prefix is optional; a checksum is not verified).</summary>
    public static bool TryParse(string? text, out Address value)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (!Hex.TryDecode(text, bytes))
        {
            value = default;
            return false;
        }
        value = new Address(bytes);
        return true;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static Address Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException("Expected a 20-byte address in hexadecimal.");

    /// <summary>Writes the 20 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _c);
    }

    /// <summary>A new array with the 20 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The address as a 32-byte word, zeros on the left: Solidity's <c>abi.encode(address)</c>.</summary>
    public Bytes32 ToBytes32()
    {
        Span<byte> word = stackalloc byte[Bytes32.Length];
        word.Clear();
        CopyTo(word[12..]);
        return new Bytes32(word);
    }

    /// <inheritdoc/>
    public bool Equals(Address other) => _a == other._a && _b == other._b && _c == other._c;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c);

    /// <inheritdoc/>
    public int CompareTo(Address other)
    {
        var order = _a.CompareTo(other._a);
        if (order == 0) order = _b.CompareTo(other._b);
        return order != 0 ? order : _c.CompareTo(other._c);
    }

    /// <summary>
    /// "0x" and 40 hexadecimal digits whose capitals are a checksum (EIP-55): for people, who compare and copy addresses.
    /// </summary>
    public string ToChecksumString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        Span<byte> digits = stackalloc byte[2 * Length];
        Convert.TryToHexStringLower(bytes, digits, out _);
        Span<byte> hash = stackalloc byte[Bytes32.Length];
        Keccak256.Hash(digits).CopyTo(hash);
        Span<char> text = stackalloc char[2 + (2 * Length)];
        "0x".CopyTo(text);
        for (var i = 0; i < digits.Length; i++)
        {
            // A digit is a capital where the hash of the lower-case text has 8 or more at its place.
            var nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 0x0F;
            text[2 + i] = nibble >= 8 ? char.ToUpperInvariant((char)digits[i]) : (char)digits[i];
        }
        return new string(text);
    }

    /// <summary>"0x" and 40 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"0x{_a:x16}{_b:x16}{_c:x8}";

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(Address left, Address right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(Address left, Address right) => !left.Equals(right);

    /// <summary>Smaller as a big-endian number.</summary>
    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    /// <summary>Smaller or equal as a big-endian number.</summary>
    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    /// <summary>Greater as a big-endian number.</summary>
    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    /// <summary>Greater or equal as a big-endian number.</summary>
    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;
}
