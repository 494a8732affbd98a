using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// Channels without news are told again what the chain says, because what ends by a block's time ends only when they hear of it.
/// </summary>
public sealed class ReminderTests(ObservedChain chain) : IClassFixture<ObservedChain>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Half = Interval / 2;

    private readonly RecordedFacts _facts = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_channel_without_news_is_told_again_after_the_interval_and_not_before()
    {
        var channel = await chain.RegisterAsync(1_000);
        var observer = Observer();
        var first = await LookAsync(observer, channel);
        Assert.Equal(new Amount(1_000), first!.Value.Deposited);
        Assert.Null(await LookAsync(observer, channel));

        await chain.PassAsync(Half);
        Assert.Null(await LookAsync(observer, channel));
        await chain.PassAsync(Half);
        var second = await LookAsync(observer, channel);
        Assert.True(second!.Value.SaysSameAs(first.Value));
        Assert.True(second.Value.Time >= first.Value.Time + (ulong)Interval.TotalSeconds);

        // The same block has nothing to add, and the interval begins again.
        Assert.Null(await LookAsync(observer, channel));
        await chain.PassAsync(Half);
        Assert.Null(await LookAsync(observer, channel));
    }

    [Fact]
    public async Task News_count_as_a_reminder()
    {
        var channel = await chain.RegisterAsync(1_000);
        var observer = Observer();
        await LookAsync(observer, channel);
        await chain.PassAsync(Half);
        await chain.DepositAsync(channel, 1);
        Assert.Equal(new Amount(1_001), (await LookAsync(observer, channel))!.Value.Deposited);
        await chain.PassAsync(Half);
        Assert.Null(await LookAsync(observer, channel));
        await chain.PassAsync(Half);
        Assert.NotNull(await LookAsync(observer, channel));
    }

    [Fact]
    public async Task One_block_reminds_a_few_and_all_have_their_turn()
    {
        const int limit = 2;
        var observer = Observer(limit);
        for (var i = 0; i < (2 * limit) + 1; i++) await chain.RegisterAsync(1_000);
        await observer.ObserveAsync(default);
        var all = _facts.Take().Select(told => told.Channel).ToHashSet();
        await chain.PassAsync(Interval);

        // The chain is shared with other tests: how many there are is what the first look says.
        var reminded = new HashSet<Address>();
        while (reminded.Count < all.Count)
        {
            await observer.ObserveAsync(default);
            var told = _facts.Take().Select(one => one.Channel).ToList();
            Assert.Equal(Math.Min(limit, all.Count - reminded.Count), told.Count);
            Assert.All(told, channel => Assert.True(reminded.Add(channel), "Somebody had a second turn before all had one."));
            await chain.PassAsync(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(all, reminded);
        await observer.ObserveAsync(default);
        Assert.Empty(_facts.Take());
    }

    /// <summary>Silent ones are more than one block may remind, and still nobody waits for them.</summary>
    [Fact]
    public async Task A_channel_that_does_not_answer_is_tried_again_and_keeps_nobody_waiting()
    {
        const int limit = 2;
        var observer = Observer(limit);
        for (var i = 0; i < 3 * limit; i++) await chain.RegisterAsync(1_000);
        await observer.ObserveAsync(default);
        var all = _facts.Take().Select(told => told.Channel).ToHashSet();

        var silent = new HashSet<Address>();
        for (var round = 0; round < 2; round++)
        {
            await chain.PassAsync(Interval);
            var reminded = new HashSet<Address>();
            for (var look = 0; look < (all.Count + limit - 1) / limit; look++)
            {
                await observer.ObserveAsync(default);
                var told = _facts.Take().Select(one => one.Channel).ToList();
                if (silent.Count <= limit)
                {
                    silent.UnionWith(told);
                    _facts.Silent.UnionWith(told);
                }
                reminded.UnionWith(told);
                await chain.PassAsync(TimeSpan.FromSeconds(1));
            }
            Assert.Equal(all, reminded);
        }
    }

    [Fact]
    public async Task A_channel_that_does_not_take_in_its_news_hears_them_at_the_next_look()
    {
        var channel = await chain.RegisterAsync(1_000);
        var observer = Observer();
        _facts.Silent.Add(channel);
        Assert.NotNull(await LookAsync(observer, channel));
        Assert.NotNull(await LookAsync(observer, channel));
        _facts.Silent.Clear();
        Assert.NotNull(await LookAsync(observer, channel));
        Assert.Null(await LookAsync(observer, channel));
    }

    [Fact]
    public async Task A_consent_that_was_never_paid_ends_through_it()
    {
        var channel = await chain.RegisterAsync(1_000);
        await using var cluster = await ClusterUnderTest.StartAsync(_folder.Path);
        var observer = chain.Observer(cluster.Facts, new SettlementOptions { Confirmations = 0, ReminderInterval = Interval });
        await observer.ObserveAsync(default);

        // Deadlines are judged by two clocks: the chain's of these tests runs ahead of the node's.
        var deadline = (ulong)TimeProvider.System.GetUtcNow().AddHours(20).ToUnixTimeSeconds();
        var consent = new ExitConsent(Keys.Next().Address, new Amount(700), Nonce: 0, deadline);
        Assert.Equal(RejectionReason.None, (await cluster.Exits.ConsentAsync(channel, consent, Accountant.Deadline, default)).Reason);
        Assert.Equal(new Amount(700), (await DescribeAsync()).Consented);

        await chain.PassAsync(TimeSpan.FromSeconds(deadline - await chain.TimeAsync()) - Half);
        await observer.ObserveAsync(default);
        Assert.Equal(new Amount(700), (await DescribeAsync()).Consented);
        await chain.PassAsync(Interval);
        await observer.ObserveAsync(default);
        var overview = await DescribeAsync();
        Assert.Equal((Amount.Zero, new Amount(1_000)), (overview.Consented, overview.Deposited));

        async Task<Exchange.ConsumerOverview> DescribeAsync() =>
            await cluster.Exchange.GetConsumerAsync(channel, Accountant.Deadline, default) ?? throw new TimeoutException();
    }

    private ObserverUnderTest Observer(int limit = int.MaxValue) =>
        chain.Observer(_facts, new SettlementOptions { Confirmations = 0, ReminderInterval = Interval, RemindersPerBlock = limit });

    // What one look tells a channel; null for nothing.
    private async Task<ConsumerChannelFacts?> LookAsync(ObserverUnderTest observer, Address channel)
    {
        await observer.ObserveAsync(default);
        return _facts.Take().Where(told => told.Channel == channel).Select(told => (ConsumerChannelFacts?)told.Facts).SingleOrDefault();
    }
}
