using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AccountantCluster.Protocol;

/// <summary>
/// A provider's Rs and hashlocks towards one accountant, derived from one secret (protocol §5): with H(x) = keccak256(abi.encode(x)) and N
/// = <see cref="ProtocolLimits.WindowsPerChain"/>, R of window w = H^(N−w)(seed) and its hashlock = H(R), so that the hashlock of window
/// w+1 is the R of window w. Whoever holds this object can reveal everything: it is as secret as the key it came from. Safe for concurrent
/// use.
/// </summary>
public sealed class HashChain
{
    /// <summary>Shortest secret that a chain is derived from, in bytes.</summary>
    public const int MinimumSecretLength = 32;

    // H^0, H^256, H^512... of the seed: 8 KiB, so that no R is further away than 255 hashes.
    private const int CheckpointDistance = 256;
    private const int Windows = (int)ProtocolLimits.WindowsPerChain;

    private readonly Bytes32[] _checkpoints;

    // Windows are used in order, so the 256 values around the last one asked for are kept: 256 windows cost 256 hashes together.
    private volatile Stretch _stretch;

    private HashChain(ulong instance, Bytes32 seed)
    {
        Instance = instance;
        _checkpoints = new Bytes32[Windows / CheckpointDistance];
        var value = seed;
        for (var i = 0; i < _checkpoints.Length; i++)
        {
            _checkpoints[i] = value;
            for (var step = 0; step < CheckpointDistance; step++) value = Keccak256.Hash(value);
        }
        // Window 0 is the value behind the last checkpoint's stretch.
        First = new Preimage(value);
        _stretch = Walk(_checkpoints.Length - 1);
    }

    /// <summary>Random number of the chain; it travels with each batch (<see cref="ChainPosition"/>) and is no secret.</summary>
    public ulong Instance { get; }

    private Preimage First { get; }

    /// <summary>
    /// The chain whose seed is HMAC-SHA256(<paramref name="providerSecret"/>, chainId (32) ‖ accountant (20) ‖ provider (20) ‖ instance
    /// (8)), numbers big-endian. Takes about 25 ms.
    /// </summary>
    /// <param name="providerSecret">The provider's secret, at least <see cref="MinimumSecretLength"/> bytes; the caller wipes it.</param>
    /// <param name="chainId">The blockchain.</param>
    /// <param name="accountant">The accountant's contract.</param>
    /// <param name="provider">The provider's identity.</param>
    /// <param name="instance">Random; a new one at every process start, durable before any hashlock is published.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public static HashChain Derive(ReadOnlySpan<byte> providerSecret, ulong chainId, Address accountant, Address provider, ulong instance)
    {
        if (providerSecret.Length < MinimumSecretLength)
            throw new ArgumentException($"A provider's secret has at least {MinimumSecretLength} bytes.", nameof(providerSecret));
        Span<byte> context = stackalloc byte[Bytes32.Length + (2 * Address.Length) + sizeof(ulong)];
        Bytes32.FromUInt128(chainId).CopyTo(context);
        accountant.CopyTo(context[Bytes32.Length..]);
        provider.CopyTo(context[(Bytes32.Length + Address.Length)..]);
        BinaryPrimitives.WriteUInt64BigEndian(context[(Bytes32.Length + (2 * Address.Length))..], instance);
        Span<byte> seed = stackalloc byte[Bytes32.Length];
        HMACSHA256.HashData(providerSecret, context, seed);
        var chain = new HashChain(instance, new Bytes32(seed));
        CryptographicOperations.ZeroMemory(seed);
        return chain;
    }

    /// <summary>R of a window: secret until every promise handed in under its hashlock is answered (protocol §5).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chain has no such window: begin a new one.</exception>
    public Preimage R(uint window)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(window, ProtocolLimits.WindowsPerChain);
        var steps = Windows - (int)window;
        if (steps == Windows) return First;
        var (index, offset) = Math.DivRem(steps, CheckpointDistance);
        var stretch = _stretch;
        if (stretch.Index != index) _stretch = stretch = Walk(index);
        return new Preimage(stretch.Values[offset]);
    }

    /// <summary>Hashlock of a window, which consumers promise under while the window is open.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chain has no such window: begin a new one.</exception>
    public Hashlock Hashlock(uint window) => R(window).ToHashlock();

    /// <summary>Where a provider stands that has <paramref name="window"/> open.</summary>
    public ChainPosition Position(uint window) => new(Instance, window);

    /// <summary>Names the instance, never a secret.</summary>
    public override string ToString() => $"hash chain {Instance:x16}";

    private Stretch Walk(int index)
    {
        var values = new Bytes32[CheckpointDistance];
        values[0] = _checkpoints[index];
        for (var i = 1; i < values.Length; i++) values[i] = Keccak256.Hash(values[i - 1]);
        return new Stretch(index, values);
    }

    private sealed record Stretch(int Index, Bytes32[] Values);
}
