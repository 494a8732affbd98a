using System.Text;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// Reads values in their order from Solidity's ABI encoding. Strict: padding must be what the type says, offsets and lengths must lie
/// inside the data, so that a hostile answer ends in an <see cref="AbiException"/> and never in a large allocation.
/// </summary>
public sealed class AbiDecoder(ReadOnlyMemory<byte> data)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _position;

    /// <summary>bytes32, or any word.</summary>
    /// <exception cref="AbiException">The data ends before.</exception>
    public Bytes32 ReadBytes32()
    {
        if (data.Length - _position < Bytes32.Length) throw new AbiException($"A word is missing at {_position} of {data.Length} bytes.");
        var word = new Bytes32(data.Span.Slice(_position, Bytes32.Length));
        _position += Bytes32.Length;
        return word;
    }

    /// <summary>address.</summary>
    /// <exception cref="AbiException">Something else.</exception>
    public Address ReadAddress()
    {
        Span<byte> word = stackalloc byte[Bytes32.Length];
        ReadBytes32().CopyTo(word);
        var padding = Bytes32.Length - Address.Length;
        return word[..padding].IndexOfAnyExcept((byte)0) < 0 ? new Address(word[padding..]) : throw new AbiException("Not an address.");
    }

    /// <summary>An unsigned number below 2^128.</summary>
    /// <exception cref="AbiException">A larger one.</exception>
    public UInt128 ReadUInt128() => ReadBytes32().TryToUInt128(out var number) ? number : throw new AbiException("A number above 2^128-1.");

    /// <summary>An amount of tokens.</summary>
    /// <exception cref="AbiException">Above 2^128−1.</exception>
    public Amount ReadAmount() => new(ReadUInt128());

    /// <summary>An unsigned number below 2^64.</summary>
    /// <exception cref="AbiException">A larger one.</exception>
    public ulong ReadUInt64()
    {
        var number = ReadUInt128();
        return number <= ulong.MaxValue ? (ulong)number : throw new AbiException("A number above 2^64-1.");
    }

    /// <summary>bool.</summary>
    /// <exception cref="AbiException">Neither 0 nor 1.</exception>
    public bool ReadBool() => ReadUInt64() switch
    {
        0 => false,
        1 => true,
        _ => throw new AbiException("Neither true nor false."),
    };

    /// <summary>bytes.</summary>
    /// <exception cref="AbiException">Offset or length point outside the data.</exception>
    public byte[] ReadBytes()
    {
        var tail = ReadTail();
        var length = tail.ReadLength();
        return length <= tail.Remaining
            ? tail.Rest[..length].ToArray()
            : throw new AbiException($"{length} bytes announced, {tail.Remaining} present.");
    }

    /// <summary>string.</summary>
    /// <exception cref="AbiException">Offset or length point outside the data, or the text is not UTF-8.</exception>
    public string ReadString()
    {
        try
        {
            return StrictUtf8.GetString(ReadBytes());
        }
        catch (DecoderFallbackException)
        {
            throw new AbiException("Not UTF-8.");
        }
    }

    /// <summary>
    /// A tuple with a dynamic value inside; read its values from the answer. A tuple without one has no place of its own: read on.
    /// </summary>
    /// <exception cref="AbiException">The offset points outside the data.</exception>
    public AbiDecoder ReadDynamicTuple() => ReadTail();

    /// <summary>T[]; <paramref name="read"/> reads exactly one value.</summary>
    /// <exception cref="AbiException">Offset or length point outside the data.</exception>
    public T[] ReadArray<T>(Func<AbiDecoder, T> read)
    {
        var tail = ReadTail();
        var length = tail.ReadLength();
        // Every value takes a word or more where it stands.
        if (length > tail.Remaining / Bytes32.Length) throw new AbiException($"{length} values announced, {tail.Remaining} bytes present.");
        var elements = new AbiDecoder(tail.Rest);
        var values = new T[length];
        for (var index = 0; index < length; index++) values[index] = read(elements);
        return values;
    }

    private int Remaining => data.Length - _position;

    private ReadOnlyMemory<byte> Rest => data[_position..];

    private AbiDecoder ReadTail()
    {
        var offset = ReadUInt128();
        return offset <= (uint)data.Length
            ? new AbiDecoder(data[(int)offset..])
            : throw new AbiException("An offset points outside the data.");
    }

    private int ReadLength()
    {
        var length = ReadUInt128();
        return length <= int.MaxValue ? (int)length : throw new AbiException("A length above 2^31-1.");
    }
}
