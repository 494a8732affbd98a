using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Reckoning;

/// <summary>What the clients' own books say. Amounts in token base units.</summary>
/// <param name="Consumers">What each consumer promised and the accountant accepted, in the order of the consumers.</param>
/// <param name="Providers">How each provider stands, in the order of the providers.</param>
/// <param name="Settlements">Settlements that were sent for providers.</param>
internal sealed record ClientRecords(IReadOnlyList<Amount> Consumers, IReadOnlyList<ProviderStatus> Providers, int Settlements)
{
    /// <summary>Promised by consumers.</summary>
    public Amount ConsumersPromised => Sum(Consumers);

    /// <summary>Promised to providers.</summary>
    public Amount ProvidersPromised => Sum(Providers.Select(provider => provider.Promised));

    /// <summary>What the accountant kept: promised to it, and not to the providers.</summary>
    public Amount Fees => Sum(Providers.Select(provider => provider.Gross)) - ProvidersPromised;

    /// <summary>Reads the books.</summary>
    public static ClientRecords Read(DemoParties parties, int settlements) => new(
        // On either of its devices the cheat signed the same amount, and one of the two promises was accepted.
        [.. parties.Consumers.Select(consumer => consumer.Account.Promised)],
        [.. parties.Providers.Select(provider => provider.Account.Status)],
        settlements);

    /// <summary>Adds up.</summary>
    public static Amount Sum(IEnumerable<Amount> amounts) => amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
