using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>The accountant of these tests.</summary>
internal static class Accountant
{
    public const ushort FeeBasisPoints = 250;

    public static AccountantDomain Domain { get; } = new(31_337, Address.Parse("0xacc0000000000000000000000000000000000001"));

    public static PrivateKey OperatorKey { get; } = Keys.Of(1);

    public static ChannelPolicy Policy { get; } = new(
        ExposureLimit: new Amount(10_000), WindowLimit: 8, ProviderLimit: 4, MinimumFirstPayment: new Amount(1));

    public static OpeningPolicy Opening { get; } = new()
    {
        Limit = new Amount(50),
        TotalLimit = new Amount(100),
        PerHour = 100,
        RegistrationFee = new Amount(7),
    };

    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(30);
}
