using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// Several providers and consumers at once, over a journal that fails by chance in every way, while channels are killed and the whole node
/// is: nothing that was acknowledged is missing afterwards, nothing counts twice, nothing was answered before it was stored, no honest
/// promise is refused, and the invariants of protocol §4 hold at every step of what is stored.
/// </summary>
public sealed class FaultyTrafficTests : IDisposable
{
    private const int Providers = 4;
    private const int FaultsPerHundred = 8;
    private const int Nodes = 2;
    private const int WindowsPerNode = 4;

    private readonly TemporaryFolder _folder = new();
    private readonly Acknowledged _acknowledged = new();
    private readonly List<PayingConsumer> _consumers = [];
    private readonly List<PaidProvider> _providers = [];

    // A seed takes half a minute, most of it waiting for what the faults hold up.
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, TestEffort.Of(1) == 1 ? 2 : 6)];

    private StoreFiles Files => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_was_acknowledged_is_there_and_counts_once(int seed)
    {
        var (dice, faults) = (new Dice((ulong)seed), new FaultSchedule((ulong)seed, FaultsPerHundred));
        // The last one is soon poor.
        _consumers.AddRange(((UInt128[])[100_000, 100_000, 100_000, 100_000, 300]).Select(deposit => new PayingConsumer(deposit)));
        _providers.AddRange(Enumerable.Range(0, Providers).Select(_ => new PaidProvider(_consumers, dice.Split())));
        await DepositAsync();

        for (var node = 0; node < Nodes; node++) await TrafficUntilCrashAsync(faults, dice.Split(), isLast: node == Nodes - 1);
        faults.Heal();
        await using var cluster = await ClusterUnderTest.StartAsync(_folder.Path, faults);
        await Task.WhenAll(_providers.Select(provider => provider.FinishAsync(cluster, Remember)));

        Assert.NotEmpty(faults.Happened);
        Assert.True(_acknowledged.Promises > Providers * Nodes * WindowsPerNode);
        Assert.All(_providers.SelectMany(provider => provider.Refusals), reason => Assert.Equal(RejectionReason.Overspend, reason));
        await EveryBookAgreesAsync(cluster);
    }

    private async Task DepositAsync()
    {
        await using var cluster = await ClusterUnderTest.StartAsync(_folder.Path);
        await Files.ExistAsync();
        Files.KeepArchive();
        await Task.WhenAll(_consumers.Select(paying => cluster.DepositAsync(paying.Consumer, paying.Deposit)));
    }

    private async Task TrafficUntilCrashAsync(FaultSchedule faults, Dice dice, bool isLast)
    {
        await using var cluster = await ClusterUnderTest.StartAsync(_folder.Path, faults);
        using var stop = new CancellationTokenSource();
        var traffic = Task.WhenAll(_providers.Select(provider => provider.RunAsync(cluster, WindowsPerNode, Remember, stop.Token)));
        var killing = KillChannelsAsync(cluster, dice, stop.Token);
        // The first node crashes in the middle of it.
        if (isLast) await traffic;
        else await Task.WhenAny(traffic, Task.Delay(TimeSpan.FromSeconds(3 + dice.Roll(5))));
        await stop.CancelAsync();
        await killing;
        await cluster.CrashAsync();
        await traffic;
    }

    // As if the channel had failed: what is in its mailbox is lost.
    private async Task KillChannelsAsync(ClusterUnderTest cluster, Dice dice, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(300, CancellationToken.None);
            var (kind, id) = dice.Roll(2) == 0
                ? ("consumer-channel", _consumers[dice.Roll(_consumers.Count)].Consumer.Channel)
                : ("provider-channel", _providers[dice.Roll(_providers.Count)].Provider.Identity);
            cluster.System.ActorSelection($"/system/sharding/{kind}/*/{id.ToString()[2..]}").Tell(Kill.Instance);
        }
    }

    private void Remember(ExchangeRequest batch, ExchangeAnswer answer)
    {
        var provider = _providers.Single(provider => provider.Provider.Identity == batch.Provider).Provider;
        foreach (var (promise, outcome) in batch.Promises.Zip(answer.Promises))
        {
            if (outcome.Reason is not (RejectionReason.None or RejectionReason.AlreadyCovered)) continue;
            var consumer = _consumers.Single(paying => paying.Consumer.Channel == promise.Channel).Consumer;
            Assert.True(StoredHistory.Holds(Files, provider, consumer, promise.Promise.Agreement.Total));
        }
        if (answer.Promise is { } signed)
        {
            Assert.True(provider.Accepts(signed));
            Assert.True(StoredHistory.Of(Files, provider).Promised >= signed.Promise.Amount);
        }
        _acknowledged.Add(batch, answer);
    }

    private async Task EveryBookAgreesAsync(ClusterUnderTest cluster)
    {
        foreach (var paying in _consumers)
        {
            var credited = Sum(_providers.Select(paid => _acknowledged.Total(paying.Consumer, paid.Provider)));
            var overview = await cluster.DescribeAsync(paying.Consumer);
            Assert.Equal(credited, overview.Credited);
            Assert.True(overview.Credited <= overview.Promised && overview.Promised <= new Amount(paying.Deposit));
            Assert.Equal(credited, StoredHistory.Of(Files, paying.Consumer).Credited);
        }
        foreach (var provider in _providers.Select(paid => paid.Provider))
        {
            var gross = Sum(_consumers.Select(paying => _acknowledged.Total(paying.Consumer, provider)));
            var overview = await cluster.DescribeAsync(provider);
            Assert.Equal(gross, overview.Gross);
            Assert.Equal(gross, StoredHistory.Of(Files, provider).Gross);
            Assert.Equal(gross - new Amount(gross.Units * Accountant.FeeBasisPoints / 10_000), overview.Promised);
            Assert.Equal(_acknowledged.Signed(provider), overview.Promised);
        }
    }

    private static Amount Sum(IEnumerable<Amount> amounts) => amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
