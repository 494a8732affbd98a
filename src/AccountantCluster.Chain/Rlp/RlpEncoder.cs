using System.Buffers.Binary;

namespace AccountantCluster.Chain;

/// <summary>
/// Ethereum's serialization of nested lists of byte strings, as far as transactions need it: writing, and reading numbers.
/// </summary>
public static class RlpEncoder
{
    private const byte StringOffset = 0x80;
    private const byte ListOffset = 0xc0;

    // Up to this many bytes the length stands in the first byte itself.
    private const int ShortLength = 55;

    /// <summary>A byte string.</summary>
    public static byte[] Bytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 1 && bytes[0] < StringOffset ? [bytes[0]] : [.. Prefix(bytes.Length, StringOffset), .. bytes];

    /// <summary>An unsigned number: its big-endian bytes without leading zeros, nothing for 0.</summary>
    public static byte[] Number(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return Trimmed(bytes);
    }

    /// <summary>A big-endian number of any length, its leading zeros left out.</summary>
    public static byte[] Trimmed(ReadOnlySpan<byte> bigEndian)
    {
        var start = bigEndian.IndexOfAnyExcept((byte)0);
        return Bytes(start < 0 ? [] : bigEndian[start..]);
    }

    /// <summary>A list of items that are encoded already.</summary>
    public static byte[] List(params ReadOnlySpan<byte[]> items)
    {
        var length = 0;
        foreach (var item in items) length += item.Length;
        var prefix = Prefix(length, ListOffset);
        var encoded = new byte[prefix.Length + length];
        prefix.CopyTo(encoded, 0);
        var position = prefix.Length;
        foreach (var item in items)
        {
            item.CopyTo(encoded, position);
            position += item.Length;
        }
        return encoded;
    }

    /// <summary>
    /// Takes a number off the front of what is encoded, and writes it big-endian to the end of <paramref name="number"/>. False where
    /// something else stands there, or it does not fit.
    /// </summary>
    public static bool TryReadNumber(ref ReadOnlySpan<byte> encoded, Span<byte> number)
    {
        if (encoded.IsEmpty) return false;
        var first = encoded[0];
        // A byte below 0x80 stands for itself; else its length comes first.
        var (skipped, length) = first < StringOffset ? (0, 1) : (1, first - StringOffset);
        if (length > Math.Min(number.Length, ShortLength) || encoded.Length < skipped + length) return false;
        encoded.Slice(skipped, length).CopyTo(number[(number.Length - length)..]);
        encoded = encoded[(skipped + length)..];
        return true;
    }

    private static byte[] Prefix(int length, byte offset)
    {
        if (length <= ShortLength) return [(byte)(offset + length)];
        Span<byte> digits = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(digits, length);
        digits = digits[digits.IndexOfAnyExcept((byte)0)..];
        return [(byte)(offset + ShortLength + digits.Length), .. digits];
    }
}
