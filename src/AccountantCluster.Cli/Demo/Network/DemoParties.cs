using AccountantCluster.Client.Accountants;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>Everybody who pays or is paid.</summary>
internal sealed class DemoParties : IAsyncDisposable
{
    public DemoParties(AccountantProfile profile, DemoFolder folder)
    {
        Honest =
        [
            .. Enumerable.Range(1, DemoScale.Consumers - 1).Select(number => new DemoConsumer(number, DemoScale.Deposit, profile, folder)),
        ];
        Cheat = new DemoConsumer(DemoScale.Consumers, DemoScale.CheatsDeposit, profile, folder);
        Consumers = [.. Honest, Cheat];
        Providers = [.. Enumerable.Range(1, DemoScale.Providers).Select(number => new DemoProvider(number, profile))];
    }

    /// <summary>All consumers.</summary>
    public IReadOnlyList<DemoConsumer> Consumers { get; }

    /// <summary>Those who pay what they use.</summary>
    public IReadOnlyList<DemoConsumer> Honest { get; }

    /// <summary>The one who promises the same money twice.</summary>
    public DemoConsumer Cheat { get; }

    /// <summary>All providers.</summary>
    public IReadOnlyList<DemoProvider> Providers { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Providers.Select(provider => provider.DisposeAsync().AsTask()));
        foreach (var consumer in Consumers) consumer.Dispose();
    }
}
