using System.Security.Cryptography;
using CsCheck;

namespace AccountantCluster.Protocol.Tests.Hashlocks;

public sealed class HashChainTests
{
    private const ulong ChainId = 31337;
    private const ulong Instance = 0x0123456789abcdef;
    private const uint LastWindow = ProtocolLimits.WindowsPerChain - 1;

    private static readonly byte[] Secret = TestKeys.SecretOf("hash chain").ToArray();
    private static readonly Address Accountant = Address.Parse("0x1111111111111111111111111111111111111111");
    private static readonly Address Provider = Address.Parse("0x2222222222222222222222222222222222222222");
    private static readonly HashChain Chain = HashChain.Derive(Secret, ChainId, Accountant, Provider, Instance);

    [Fact]
    public void The_seed_is_the_HMAC_over_the_layout_of_the_protocol()
    {
        // chainId(32) ‖ accountant(20) ‖ provider(20) ‖ instance(8), written out by hand.
        var message = Convert.FromHexString(
            "0000000000000000000000000000000000000000000000000000000000007a69"
            + "1111111111111111111111111111111111111111"
            + "2222222222222222222222222222222222222222"
            + "0123456789abcdef");
        var seed = new HMACSHA256(Secret).ComputeHash(message);
        Assert.Equal(Keccak256.Hash(seed), Chain.R(LastWindow).Value);
    }

    [Fact]
    public void A_known_chain_stays_as_it_is()
    {
        // Computed outside this code base, with an independent HMAC and Keccak.
        var chain = HashChain.Derive(Convert.FromHexString(KnownChain.Secret), ChainId, Accountant, Provider, Instance);
        Assert.Equal(KnownChain.FirstR, chain.R(0).Value.ToString());
        Assert.Equal(KnownChain.FirstHashlock, chain.Hashlock(0).ToString());
        Assert.Equal(KnownChain.R1000, chain.R(1000).Value.ToString());
        Assert.Equal(KnownChain.LastR, chain.R(LastWindow).Value.ToString());
    }

    [Fact]
    public void R_of_a_window_is_the_seed_hashed_N_minus_w_times()
    {
        var value = new Bytes32(HMACSHA256.HashData(Secret, Context(ChainId, Accountant, Provider, Instance)));
        for (var steps = 1u; steps <= ProtocolLimits.WindowsPerChain; steps++)
        {
            value = Keccak256.Hash(value);
            // Backwards through the windows, across every checkpoint.
            var window = ProtocolLimits.WindowsPerChain - steps;
            if (Chain.R(window).Value != value) Assert.Fail($"R of window {window} is wrong.");
        }
    }

    [Fact]
    public void The_next_hashlock_is_the_previous_R()
    {
        for (var window = 0u; window < LastWindow; window++)
        {
            if (Chain.Hashlock(window + 1).Value != Chain.R(window).Value) Assert.Fail($"Window {window + 1} does not reveal window {window}.");
        }
    }

    [Fact]
    public void Every_R_opens_its_own_hashlock_and_no_neighbour() =>
        Gen.UInt[0, LastWindow - 1].Sample(window =>
            Chain.R(window).Opens(Chain.Hashlock(window))
            && !Chain.R(window).Opens(Chain.Hashlock(window + 1))
            && !Chain.R(window + 1).Opens(Chain.Hashlock(window)));

    [Fact]
    public void Windows_may_be_asked_for_in_any_order_from_many_threads()
    {
        uint[] windows = [0, 1, 254, 255, 256, 257, 511, 512, 513, 32_768, 65_279, 65_280, 65_281, LastWindow - 1, LastWindow];
        var expected = windows.ToDictionary(window => window, Chain.R);
        Parallel.For(0, 2_000, i =>
        {
            var window = windows[(i * 7) % windows.Length];
            Assert.Equal(expected[window], Chain.R(window));
        });
    }

    [Theory]
    [InlineData(ProtocolLimits.WindowsPerChain)]
    [InlineData(uint.MaxValue)]
    public void Beyond_the_last_window_there_is_nothing_not_even_the_seed(uint window)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Chain.R(window));
        Assert.Throws<ArgumentOutOfRangeException>(() => Chain.Hashlock(window));
    }

    [Fact]
    public void Everything_in_the_context_changes_the_chain()
    {
        HashChain[] others =
        [
            HashChain.Derive(TestKeys.SecretOf("another").ToArray(), ChainId, Accountant, Provider, Instance),
            HashChain.Derive(Secret, ChainId + 1, Accountant, Provider, Instance),
            HashChain.Derive(Secret, ChainId, Provider, Provider, Instance),
            HashChain.Derive(Secret, ChainId, Accountant, Accountant, Instance),
            HashChain.Derive(Secret, ChainId, Accountant, Provider, Instance + 1),
        ];
        Assert.Equal(others.Length + 1, others.Append(Chain).Select(chain => chain.R(0)).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void A_short_secret_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => HashChain.Derive(new byte[length], ChainId, Accountant, Provider, Instance));

    [Fact]
    public void Shows_its_instance_and_no_secret()
    {
        Assert.Equal("hash chain 0123456789abcdef", Chain.ToString());
        Assert.Equal("R", Chain.R(7).ToString());
        Assert.Equal(new ChainPosition(Instance, 7), Chain.Position(7));
    }

    private static byte[] Context(ulong chainId, Address accountant, Address provider, ulong instance) =>
        [.. Bytes32.FromUInt128(chainId).ToArray(), .. accountant.ToArray(), .. provider.ToArray(), .. BitConverter.GetBytes(instance).Reverse()];

    private static class KnownChain
    {
        public const string Secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        public const string FirstR = "0x4112b0992ccb86cea95737c755373e1c6bdcbe02ca3d6f58f5e73507fbb8d21f";
        public const string FirstHashlock = "0x646fa21d9a94bdcb415b5f84b17a89d5871624890880f19bd2cd997dddaeb5c4";
        public const string R1000 = "0x6e44d7cb8eb52146159c85f1a49ddb061c31b637b812765a36d5168f1027e169";
        public const string LastR = "0x14fcd2a30b5e6e1ac1a9a0dd7564c572a99035579bd549c849fa54ae7b56073c";
    }
}
