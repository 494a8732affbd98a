using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge.Tests.Support;

internal static class TestTerms
{
    public static readonly AccountantTerms Terms = new(
        ChainId: 31337,
        Accountant: Contract("accountant"),
        Registry: Contract("registry"),
        Token: Contract("token"),
        ConsumerChannelImplementation: Contract("implementation"),
        new ChannelPolicy(new Amount(10_000), WindowLimit: 4, ProviderLimit: 8, MinimumFirstPayment: new Amount(10)))
    {
        Opening = new OpeningPolicy { Limit = new Amount(50), TotalLimit = new Amount(500), PerHour = 10, RegistrationFee = new Amount(7) },
    };

    public static readonly AccountantDomain Domain = new(Terms.ChainId, Terms.Accountant);

    public static readonly AccountantDomain RegistryDomain = new(Terms.ChainId, Terms.Registry);

    private static Address Contract(string name) => new(TestKeys.Word(name).ToArray().AsSpan(12));
}
