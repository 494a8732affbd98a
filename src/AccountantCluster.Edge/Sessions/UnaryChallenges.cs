using System.Buffers.Binary;
using System.Security.Cryptography;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>
/// Challenges for unary calls: given to anyone who asks, so nothing may be stored for one that is never used. A challenge therefore carries
/// its own expiry and a MAC under a key of this process; only used ones are remembered, until they expire, and only after their signature
/// was found valid. A full memory refuses new calls and never forgets early.
/// </summary>
internal sealed class UnaryChallenges(EdgeLimits limits, TimeProvider time)
{
    // expiry (8 bytes, Unix milliseconds) ‖ random (8) ‖ the first 16 bytes of HMAC-SHA256 over both.
    private const int ExpiryLength = 8;
    private const int SignedLength = 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly HashSet<Bytes32> _used = [];

    // In the order of their use, which is near the order of their expiry: an entry stays at most one lifetime too long.
    private readonly Queue<(Bytes32 Challenge, long ExpiresAt)> _byAge = new();

    /// <summary>A fresh challenge.</summary>
    public Bytes32 Create()
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (time.GetUtcNow() + limits.ChallengeLifetime).ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(bytes[ExpiryLength..SignedLength]);
        WriteMac(bytes[..SignedLength], bytes[SignedLength..]);
        return new Bytes32(bytes);
    }

    /// <summary>
    /// Whether this process gave the challenge and it has not expired; whether it was used is for <see cref="Use"/> to say.
    /// </summary>
    public bool IsValid(Bytes32 challenge)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        challenge.CopyTo(bytes);
        Span<byte> mac = stackalloc byte[Bytes32.Length - SignedLength];
        WriteMac(bytes[..SignedLength], mac);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[SignedLength..]) && ExpiryOf(challenge) >= Now;
    }

    /// <summary>Uses a valid challenge up.</summary>
    /// <returns>None; UNAUTHENTICATED where it was used before or has expired meanwhile; OVERLOADED where no more can be
    /// remembered.</returns>
    public RejectionReason Use(Bytes32 challenge)
    {
        lock (_used)
        {
            var now = Now;
            while (_byAge.TryPeek(out var oldest) && oldest.ExpiresAt < now)
            {
                _byAge.Dequeue();
                _used.Remove(oldest.Challenge);
            }

            // Expiry is looked at again: what has just been forgotten must not be taken for unused.
            if (ExpiryOf(challenge) < now || _used.Contains(challenge)) return RejectionReason.Unauthenticated;
            if (_used.Count >= limits.UsedChallenges) return RejectionReason.Overloaded;
            _used.Add(challenge);
            _byAge.Enqueue((challenge, ExpiryOf(challenge)));
            return RejectionReason.None;
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static long ExpiryOf(Bytes32 challenge)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        challenge.CopyTo(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    private void WriteMac(ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, signed, full);
        full[..mac.Length].CopyTo(mac);
    }
}
