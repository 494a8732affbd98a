using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Benchmarks.World;

/// <summary>The accountant that is measured. There is no chain: what it would say is told directly.</summary>
internal static class BenchmarkAccountant
{
    public const ushort FeeBasisPoints = 100;

    private const ulong ChainId = 31_337;

    // Keys below are consumers' and providers'.
    private const int OperatorNumber = 1;

    public static AccountantProfile Profile { get; } = new(
        ChainId,
        Address.Parse("0xacc0000000000000000000000000000000000001"),
        Address.Parse("0xacc0000000000000000000000000000000000002"),
        Address.Parse("0xacc0000000000000000000000000000000000003"),
        Address.Parse("0xacc0000000000000000000000000000000000004"));

    public static AccountantDomain Domain => Profile.Domain;

    public static PrivateKey OperatorKey { get; } = Key(OperatorNumber);

    /// <summary>Wide enough that no honest promise is ever held up.</summary>
    public static ChannelPolicy Policy { get; } = new(
        ExposureLimit: new Amount(1_000_000_000), WindowLimit: 16, ProviderLimit: 64, MinimumFirstPayment: new Amount(1));

    /// <summary>What a confirmed block says of every consumer channel.</summary>
    public static ConsumerChannelFacts Deposited { get; } =
        new(Block: 1, Registered: true, new Amount(1_000_000_000_000), Amount.Zero, Exiting: false);

    /// <summary>Keys by number, so that client and server know the same ones.</summary>
    public static PrivateKey Key(int number) => new(Bytes32.FromUInt128((UInt128)number).ToArray());
}
