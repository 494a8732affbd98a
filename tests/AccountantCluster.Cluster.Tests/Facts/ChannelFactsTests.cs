using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>What confirmed blocks say goes in, what can be settled comes out.</summary>
public sealed class ChannelFactsTests(RunningCluster running) : IClassFixture<RunningCluster>
{
    private readonly ClusterUnderTest _cluster = running.Cluster;

    [Fact]
    public async Task The_newest_block_stands_whatever_comes_later()
    {
        var consumer = new TestConsumer();
        await _cluster.ObserveAsync(consumer, TestConsumer.Deposited(500, block: 7));
        await _cluster.ObserveAsync(consumer, TestConsumer.Deposited(400, block: 6));

        var overview = await _cluster.DescribeAsync(consumer);

        Assert.True(overview.Registered);
        Assert.Equal(new Amount(500), overview.Deposited);
    }

    [Fact]
    public async Task An_exit_is_heard_by_the_next_promise()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 1_000);
        await _cluster.ObserveAsync(consumer, TestConsumer.Deposited(1_000, block: 2, exiting: true));

        var answer = await _cluster.ExchangeAsync(provider.Batch(consumer.Promise(1, provider.Hashlock(0), provider, total: 1)));

        Assert.Equal(RejectionReason.ChannelExiting, answer.Promises[0].Reason);
    }

    [Fact]
    public async Task Balance_loan_and_settled_stand_in_answers_and_overviews()
    {
        var provider = new TestProvider();
        var facts = new ProviderChannelFacts(3, new Amount(30), new Amount(20), new Amount(10));
        Assert.True(await _cluster.Facts.ObserveProviderChannelAsync(provider.Identity, facts, Accountant.Deadline, default));

        var answer = await _cluster.ExchangeAsync(provider.Batch());
        var overview = await _cluster.DescribeAsync(provider);

        Assert.Equal((facts.Balance, facts.Loan, facts.Settled), (answer.Balance, answer.Loan, answer.Settled));
        Assert.Equal((facts.Balance, facts.Loan, facts.Settled), (overview.Balance, overview.Loan, overview.Settled));
    }

    [Fact]
    public async Task An_R_from_a_settlement_makes_its_promises_collectable()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 1_000);
        var promise = consumer.Promise(300, provider.Hashlock(0), provider, total: 300);
        await _cluster.ExchangeAsync(provider.Batch(promise));
        Assert.Null((await GetCollectableAsync(consumer)).Promise);

        Assert.True(await _cluster.Facts.ObserveRevealAsync(provider.Identity, provider.R(0), Accountant.Deadline, default));

        var collectable = await Eventually.BecomesAsync(() => GetCollectableAsync(consumer), found => found.Promise is not null);
        Assert.Equal(promise, collectable.Promise!.Promise);
        Assert.True(collectable.Promise.R.Opens(promise.Promise.Hashlock));
        Assert.Equal(new Amount(300), collectable.Unsettled);
        Assert.Contains(consumer.Channel, _cluster.Reports.Consumers.Take(1_000).Select(report => report.Channel));

        await _cluster.ObserveAsync(consumer, TestConsumer.Deposited(1_000, block: 9, settled: 250));
        Assert.Equal(new Amount(50), (await GetCollectableAsync(consumer)).Unsettled);
        Assert.DoesNotContain(consumer.Channel, _cluster.Reports.Consumers.Take(1_000).Select(report => report.Channel));
    }

    [Fact]
    public async Task An_R_that_opens_nothing_is_heard_all_the_same() =>
        Assert.True(await _cluster.Facts.ObserveRevealAsync(
            new TestProvider().Identity, new TestProvider().R(3), Accountant.Deadline, default));

    private async Task<Collectable> GetCollectableAsync(TestConsumer consumer) =>
        await _cluster.Facts.GetCollectableAsync(consumer.Channel, Accountant.Deadline, default) ?? throw new TimeoutException();
}
