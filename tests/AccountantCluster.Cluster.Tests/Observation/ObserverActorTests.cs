using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster.Tests;

/// <summary>The observer with a real journal on a real chain: a restart costs nothing that was read.</summary>
public sealed class ObserverActorTests(ObservedChain chain) : IClassFixture<ObservedChain>, IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private ClusterUnderTest _cluster = null!;

    public async Task InitializeAsync() => _cluster = await ClusterUnderTest.StartAsync(_folder.Path);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_found_is_known_after_a_restart_and_what_came_meanwhile_is_found()
    {
        var first = await chain.RegisterAsync(1_000);
        var before = Start(new RecordedFacts());
        var known = await KnowsAsync(before, first);
        await before.GracefulStop(Patience);
        var second = await chain.RegisterAsync(2_000);

        var facts = new RecordedFacts();
        var after = Start(facts);
        var recalled = await after.Ask<ObserverState>(DescribeObserver.Instance, Patience);
        Assert.Equal(known.Consumers[first], recalled.Consumers[first]);
        await KnowsAsync(after, second);
        var told = new Dictionary<Address, Amount>();
        await Eventually.BecomesAsync(
            () =>
            {
                foreach (var (channel, said) in facts.Take()) told[channel] = said.Deposited;
                return Task.FromResult(told);
            },
            all => all.GetValueOrDefault(first) == new Amount(1_000) && all.GetValueOrDefault(second) == new Amount(2_000));
        await after.GracefulStop(Patience);
    }

    [Fact]
    public async Task Blocks_without_news_write_nothing()
    {
        var observer = Start(new RecordedFacts());
        await KnowsAsync(observer, await chain.RegisterAsync(1));
        var stored = Stored();
        var at = (await observer.Ask<ObserverState>(DescribeObserver.Instance, Patience)).Trail.Newest!.Value.Number;
        await chain.MineAsync(20);

        await Eventually.BecomesAsync(
            () => observer.Ask<ObserverState>(DescribeObserver.Instance, Patience), state => state.Trail.Newest!.Value.Number >= at + 20);
        Assert.Equal(stored, Stored());
        await observer.GracefulStop(Patience);
    }

    [Fact]
    public async Task Of_two_observers_the_journal_lets_one_write()
    {
        var (one, other) = (Start(new RecordedFacts()), Start(new RecordedFacts()));
        foreach (var observer in new[] { one, other }) await observer.Ask<ObserverState>(DescribeObserver.Instance, Patience);

        // Whoever comes second with the same news stops, and would know better when it came back.
        var stopped = await Eventually.BecomesAsync(
            async () =>
            {
                await chain.RegisterAsync(1);
                return (await AnswersAsync(one), await AnswersAsync(other));
            },
            answers => !answers.Item1 || !answers.Item2);
        Assert.NotEqual(stopped.Item1, stopped.Item2);
        await one.GracefulStop(Patience);
        await other.GracefulStop(Patience);
    }

    private static async Task<bool> AnswersAsync(IActorRef observer)
    {
        try
        {
            await observer.Ask<ObserverState>(DescribeObserver.Instance, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }

    private static Task<ObserverState> KnowsAsync(IActorRef observer, Address channel) => Eventually.BecomesAsync(
        () => observer.Ask<ObserverState>(DescribeObserver.Instance, Patience), state => state.Consumers.ContainsKey(channel));

    private int Stored() => new StoreFiles(_folder.Path).Read("journal", chain.ObserverId).Count;

    private IActorRef Start(RecordedFacts facts)
    {
        var options = new SettlementOptions { Confirmations = 0, ObserveInterval = TimeSpan.FromMilliseconds(50) };
        return _cluster.System.ActorOf(chain.ObserverActor(facts, options, _cluster.Metrics));
    }
}
