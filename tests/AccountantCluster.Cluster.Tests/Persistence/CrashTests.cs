using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// The node ends between two writes, or the journal refuses one: nothing is lost, nothing counts twice, nothing is answered too early.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();
    private readonly StoreFiles _files;

    public CrashTests() => _files = new StoreFiles(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_answered_is_in_the_journal_file()
    {
        await using var cluster = await StartWithDepositAsync(1_000);
        var promise = _consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100);

        var answer = await cluster.ExchangeAsync(_provider.Batch(promise));

        await cluster.CrashAsync();
        var accepted = Assert.Single(_files.EventsOf(_consumer).OfType<ConsumerChannelEvent.PromiseAccepted>());
        Assert.Equal(promise, accepted.Promise);
        var authorised = Assert.Single(_files.EventsOf(_provider).OfType<ProviderChannelEvent.PromiseAuthorised>());
        Assert.Equal(answer.Promise!.Value.Promise.Amount, authorised.Total.Promised);
        Assert.Equal(answer.Promise!.Value.Promise.Hashlock, authorised.Total.Hashlock);
    }

    [Fact]
    public async Task A_crash_between_the_two_channels_turns_no_retry_into_a_loss()
    {
        var batch = _provider.Batch(_consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100));
        await CrashBetweenTheChannelsAsync(batch.Promises[0]);
        Assert.Empty(_files.EventsOf(_provider));

        await using var cluster = await ClusterUnderTest.StartAsync(_folder.Path);
        var retry = await cluster.ExchangeAsync(batch);
        var again = await cluster.ExchangeAsync(batch);

        Assert.Equal(RejectionReason.AlreadyCovered, retry.Promises[0].Reason);
        Assert.Equal(new Amount(98), retry.Promise!.Value.Promise.Amount);
        Assert.True(_provider.Accepts(retry.Promise!.Value));
        Assert.Equal(retry.Promise, again.Promise);
        Assert.Equal(new Amount(100), (await cluster.DescribeAsync(_provider)).Gross);
        Assert.Single(_files.EventsOf(_consumer).OfType<ConsumerChannelEvent.PromiseAccepted>());
        Assert.Single(_files.EventsOf(_provider).OfType<ProviderChannelEvent.CreditsRecorded>());
    }

    [Fact]
    public async Task A_credit_that_nobody_asks_for_again_finds_its_way_when_the_channel_wakes()
    {
        await CrashBetweenTheChannelsAsync(_consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100));

        await using var cluster = await ClusterUnderTest.StartAsync(_folder.Path);
        await cluster.DescribeAsync(_consumer);

        await Eventually.BecomesAsync(() => cluster.DescribeAsync(_provider), overview => overview.Gross == new Amount(100));
    }

    [Fact]
    public async Task A_covered_promise_is_signed_only_once_its_credit_is_durable()
    {
        var batch = _provider.Batch(_consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100));
        await CrashBetweenTheChannelsAsync(batch.Promises[0]);
        await using var cluster = await ClusterUnderTest.StartAsync(_folder.Path);

        _files.RefuseWritesOf(StoreFiles.PersistenceIdOf(_provider));
        var unknown = await cluster.Exchange.ExchangeAsync(batch, Impatience, default);
        _files.AllowWrites();
        var signed = await cluster.ExchangeAsync(batch);

        Assert.Null(unknown.Promise);
        Assert.Equal(RejectionReason.OutcomeUnknown, unknown.Reason);
        Assert.Equal(RejectionReason.OutcomeUnknown, unknown.Promises[0].Reason);
        Assert.Equal(RejectionReason.AlreadyCovered, signed.Promises[0].Reason);
        Assert.Equal(new Amount(98), signed.Promise!.Value.Promise.Amount);
    }

    [Fact]
    public async Task A_channel_whose_write_fails_stops_and_its_neighbours_are_signed()
    {
        var neighbour = new TestConsumer();
        await using var cluster = await StartWithDepositAsync(1_000);
        await cluster.DepositAsync(neighbour, 1_000);
        // Already covered: it needs no write of its own, which would share the failing row's transaction.
        var covered = neighbour.Promise(50, _provider.Hashlock(0), _provider, total: 50);
        await cluster.ExchangeAsync(_provider.Batch(covered));
        var batch = _provider.Batch(covered, _consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100));

        _files.RefuseWritesOf(StoreFiles.PersistenceIdOf(_consumer));
        var failed = await cluster.Exchange.ExchangeAsync(batch, Impatience, default);
        _files.AllowWrites();
        var retried = await cluster.ExchangeAsync(batch);

        Assert.Equal([RejectionReason.AlreadyCovered, RejectionReason.OutcomeUnknown], failed.Promises.Select(outcome => outcome.Reason));
        Assert.Equal(new Amount(49), failed.Promise!.Value.Promise.Amount);
        Assert.Equal([RejectionReason.AlreadyCovered, RejectionReason.None], retried.Promises.Select(outcome => outcome.Reason));
        Assert.Equal(new Amount(150 - 3), retried.Promise!.Value.Promise.Amount);
    }

    [Fact]
    public async Task A_reveal_reaches_its_consumers_after_a_crash()
    {
        await using (var cluster = await StartWithDepositAsync(1_000))
        {
            await cluster.ExchangeAsync(_provider.Batch(_consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100)));
            await cluster.ExchangeAsync(_provider.Batch() with { Reveals = [_provider.R(0)] });
            await cluster.CrashAsync();
        }

        await using var restarted = await ClusterUnderTest.StartAsync(_folder.Path);
        Assert.Equal(new Amount(100), (await restarted.DescribeAsync(_provider)).Revealed);
        await Eventually.BecomesAsync(() => restarted.DescribeAsync(_consumer), overview => overview.Settleable == new Amount(100));
    }

    [Fact]
    public async Task A_journal_with_a_hole_is_refused_instead_of_recovered()
    {
        await using (var cluster = await StartWithDepositAsync(1_000))
        {
            for (uint total = 1; total <= 3; total++)
                await cluster.ExchangeAsync(_provider.Batch(_consumer.Promise(total, _provider.Hashlock(0), _provider, total)));
            await cluster.CrashAsync();
        }
        _files.Execute($"DELETE FROM journal WHERE sequence_number = 3 AND persistence_id = '{StoreFiles.PersistenceIdOf(_consumer)}'");

        await using var restarted = await ClusterUnderTest.StartAsync(_folder.Path);

        Assert.Null(await restarted.Exchange.GetConsumerAsync(_consumer.Channel, Impatience, default));
        var answer = await restarted.Exchange.ExchangeAsync(
            _provider.Batch(_consumer.Promise(4, _provider.Hashlock(0), _provider, 4)), Impatience, default);
        Assert.Equal(RejectionReason.OutcomeUnknown, answer.Promises[0].Reason);
    }

    private async Task<ClusterUnderTest> StartWithDepositAsync(UInt128 amount)
    {
        var cluster = await ClusterUnderTest.StartAsync(_folder.Path);
        await cluster.DepositAsync(_consumer, amount);
        return cluster;
    }

    private async Task CrashBetweenTheChannelsAsync(AccountantCluster.Channels.VerifiedPromise promise)
    {
        await using var cluster = await StartWithDepositAsync(1_000);
        var offered = await cluster.Consumers.Ask<PromisesOffered>(
            new OfferPromises(_consumer.Channel, _provider.Identity, [new Offer(promise, KnownR: null)]), Accountant.Deadline);
        Assert.Equal(RejectionReason.None, offered.Outcomes[0].Reason);
        await cluster.CrashAsync();
    }
}
