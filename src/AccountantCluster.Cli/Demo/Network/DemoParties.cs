using AccountantCluster.Cli.Demo.Departures;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>Everybody who pays or is paid with one accountant.</summary>
internal sealed class DemoParties : IAsyncDisposable
{
    private readonly DemoConsumer? _cheat;

    /// <summary>All of a demo with one accountant: the cheat, and two consumers who leave.</summary>
    public DemoParties(AccountantProfile profile, DemoFolder folder)
    {
        Honest = NewConsumers(profile, folder, first: 1, DemoScale.Consumers - 1);
        _cheat = new DemoConsumer(DemoScale.Consumers, DemoScale.CheatsDeposit, profile, folder);
        Consumers = [.. Honest, _cheat];
        Providers = [.. Enumerable.Range(1, DemoScale.Providers).Select(number => new DemoProvider(number, profile))];
        Departures = [new Departure(Honest[1], withConsent: true), new Departure(Honest[2], withConsent: false)];
    }

    /// <summary>Those of one of several accountants: consumers of its own, all honest, and the providers of all.</summary>
    /// <param name="profile">The accountant.</param>
    /// <param name="folder">Where the books go.</param>
    /// <param name="first">The first consumer's number.</param>
    /// <param name="consumers">How many consumers.</param>
    /// <param name="providers">The providers' keys; disposed with the parties.</param>
    /// <param name="firstLeaves">Whether the first consumer leaves, without consent.</param>
    public DemoParties(
        AccountantProfile profile,
        DemoFolder folder,
        int first,
        int consumers,
        IReadOnlyList<PrivateKey> providers,
        bool firstLeaves)
    {
        Honest = NewConsumers(profile, folder, first, consumers);
        Consumers = Honest;
        Providers = [.. providers.Select((key, index) => new DemoProvider(index + 1, profile, key))];
        Departures = firstLeaves ? [new Departure(Honest[0], withConsent: false)] : [];
    }

    /// <summary>All consumers.</summary>
    public IReadOnlyList<DemoConsumer> Consumers { get; }

    /// <summary>Those who pay what they use.</summary>
    public IReadOnlyList<DemoConsumer> Honest { get; }

    /// <summary>The one who promises the same money twice.</summary>
    public DemoConsumer Cheat => _cheat ?? throw new InvalidOperationException("Everybody here is honest.");

    /// <summary>All providers.</summary>
    public IReadOnlyList<DemoProvider> Providers { get; }

    /// <summary>Those of the honest consumers who take money back.</summary>
    public IReadOnlyList<Departure> Departures { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Providers.Select(provider => provider.DisposeAsync().AsTask()));
        foreach (var consumer in Consumers) consumer.Dispose();
    }

    private static DemoConsumer[] NewConsumers(AccountantProfile profile, DemoFolder folder, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => new DemoConsumer(number, DemoScale.Deposit, profile, folder))];
}
