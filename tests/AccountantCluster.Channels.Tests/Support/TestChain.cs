using System.Buffers.Binary;
using System.Collections.Concurrent;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests;

/// <summary>A hash chain of windows as a provider has one (protocol §5), short and from a number.</summary>
internal sealed class TestChain
{
    public const int Windows = 64;

    private static readonly ConcurrentDictionary<uint, TestChain> Chains = new();

    private static readonly ConcurrentDictionary<Hashlock, Preimage> Opening = new();

    private readonly Preimage[] _preimages = new Preimage[Windows];

    private TestChain(uint number)
    {
        Span<byte> seed = stackalloc byte[Bytes32.Length];
        seed.Fill(0x5e);
        BinaryPrimitives.WriteUInt32BigEndian(seed, number);
        var r = new Preimage(new Bytes32(seed));
        for (var window = Windows - 1; window >= 0; window--)
        {
            _preimages[window] = r;
            Opening[r.ToHashlock()] = r;
            r = new Preimage(r.ToHashlock().Value);
        }
        Number = number;
    }

    public uint Number { get; }

    public static TestChain Of(uint number) => Chains.GetOrAdd(number, n => new TestChain(n));

    /// <summary>The R of a hashlock of any chain made so far; null for any other.</summary>
    public static Preimage? ROf(Hashlock hashlock) => Opening.TryGetValue(hashlock, out var r) ? r : null;

    public Preimage R(int window) => _preimages[window];

    public Hashlock Hashlock(int window) => window == 0 ? _preimages[0].ToHashlock() : new Hashlock(_preimages[window - 1].Value);

    public ChainPosition Position(int window) => new(Number, (uint)window);
}
