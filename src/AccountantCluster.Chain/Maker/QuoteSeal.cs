using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AccountantCluster.Chain;

/// <summary>
/// Knows its own quotes again without remembering them: a quote comes back with a code over it, under a key that only this object has.
/// Safe for concurrent use.
/// </summary>
public sealed class QuoteSeal : IDisposable
{
    /// <summary>Bytes of a code.</summary>
    public const int Length = HMACSHA256.HashSizeInBytes;

    // Kind, loan, rows, fee, end.
    private const int Encoded = 1 + 1 + sizeof(int) + 16 + sizeof(ulong);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(Length);

    /// <summary>The code of a quote.</summary>
    public byte[] Seal(JobQuote quote)
    {
        Span<byte> bytes = stackalloc byte[Encoded];
        bytes[0] = (byte)quote.Shape.Kind;
        bytes[1] = quote.Shape.HasLoan ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(bytes[2..], quote.Shape.Rows);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[6..], quote.Fee.Units);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[22..], quote.ValidUntil);
        return HMACSHA256.HashData(_key, bytes);
    }

    /// <summary>Whether the code is that of the quote.</summary>
    public bool IsMine(JobQuote quote, ReadOnlySpan<byte> code) => CryptographicOperations.FixedTimeEquals(Seal(quote), code);

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
