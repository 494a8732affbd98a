using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// A journal that fails one channel, in every way there is: whoever asks is told that the outcome is not known, asking again is harmless,
/// and when the journal is well again the same question is answered.
/// </summary>
public sealed class FailedWriteTests(FaultyCluster faulty) : IClassFixture<FaultyCluster>
{
    // Longer than one repetition of a message.
    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(3);

    private readonly ClusterUnderTest _cluster = faulty.Cluster;
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();

    [Theory]
    [InlineData(WriteFault.Fail)]
    [InlineData(WriteFault.Reject)]
    [InlineData(WriteFault.FailThenStore)]
    public async Task Where_the_consumer_channel_cannot_write_the_promise_is_unknown_until_it_can(WriteFault fault)
    {
        await _cluster.DepositAsync(_consumer, 1_000);
        var batch = _provider.Batch(_consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100));

        var failed = await ExchangeWhileAsync(StoreFiles.PersistenceIdOf(_consumer), fault, batch);

        // What is stored late is found at the second attempt, within the same question.
        if (fault != WriteFault.FailThenStore)
        {
            Assert.Equal(RejectionReason.OutcomeUnknown, failed.Promises[0].Reason);
            Assert.Null(failed.Promise);
        }
        await IsCountedOnceAsync(batch);
    }

    [Theory]
    [InlineData(WriteFault.Fail)]
    [InlineData(WriteFault.Reject)]
    public async Task Where_the_provider_channel_cannot_write_nothing_is_signed_until_it_can(WriteFault fault)
    {
        await _cluster.DepositAsync(_consumer, 1_000);
        var batch = _provider.Batch(_consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100));

        var failed = await ExchangeWhileAsync(StoreFiles.PersistenceIdOf(_provider), fault, batch);

        Assert.Equal(RejectionReason.OutcomeUnknown, failed.Promises[0].Reason);
        Assert.Equal(RejectionReason.OutcomeUnknown, failed.Reason);
        Assert.Null(failed.Promise);
        await IsCountedOnceAsync(batch);
    }

    [Fact]
    public async Task What_was_stored_although_it_was_said_to_have_failed_is_found_by_whoever_asks_again()
    {
        await _cluster.DepositAsync(_consumer, 1_000);
        var batch = _provider.Batch(_consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100));
        faulty.Faults.Always(StoreFiles.PersistenceIdOf(_consumer), WriteFault.StoreThenFail);
        faulty.Faults.Always(StoreFiles.PersistenceIdOf(_provider), WriteFault.StoreThenFail);

        // No write is ever confirmed to a channel: both learn of their own only when they wake.
        var answer = await _cluster.ExchangeAsync(batch);

        Assert.Equal(RejectionReason.AlreadyCovered, answer.Promises[0].Reason);
        Assert.True(_provider.Accepts(answer.Promise!.Value));
        Assert.Equal(new Amount(98), answer.Promise!.Value.Promise.Amount);
        Release();
        await IsCountedOnceAsync(batch);
    }

    [Fact]
    public async Task A_reveal_that_was_not_stored_is_not_acknowledged()
    {
        await _cluster.DepositAsync(_consumer, 1_000);
        await _cluster.ExchangeAsync(_provider.Batch(_consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100)));
        var reveal = _provider.Batch() with { Reveals = [_provider.R(0)], Hashlock = _provider.Hashlock(0) };

        var failed = await ExchangeWhileAsync(StoreFiles.PersistenceIdOf(_provider), WriteFault.Fail, reveal);
        var revealed = await _cluster.ExchangeAsync(reveal);

        Assert.Equal([RejectionReason.OutcomeUnknown], failed.Reveals);
        Assert.Equal([RejectionReason.None], revealed.Reveals);
        Assert.Equal(new Amount(100), (await _cluster.DescribeAsync(_provider)).Revealed);
    }

    private async Task<ExchangeAnswer> ExchangeWhileAsync(string persistenceId, WriteFault fault, ExchangeRequest batch)
    {
        faulty.Faults.Always(persistenceId, fault);
        var answer = await _cluster.Exchange.ExchangeAsync(batch, Impatience, default);
        Release();
        return answer;
    }

    private void Release()
    {
        faulty.Faults.Release(StoreFiles.PersistenceIdOf(_consumer));
        faulty.Faults.Release(StoreFiles.PersistenceIdOf(_provider));
    }

    private async Task IsCountedOnceAsync(ExchangeRequest batch)
    {
        var answer = await _cluster.ExchangeAsync(batch);
        var again = await _cluster.ExchangeAsync(batch);

        Assert.Contains(answer.Promises[0].Reason, (RejectionReason[])[RejectionReason.None, RejectionReason.AlreadyCovered]);
        Assert.Equal(RejectionReason.AlreadyCovered, again.Promises[0].Reason);
        Assert.Equal(new Amount(98), answer.Promise!.Value.Promise.Amount);
        Assert.Equal(answer.Promise, again.Promise);
        Assert.Equal(new Amount(100), (await _cluster.DescribeAsync(_consumer)).Credited);
        Assert.Equal(new Amount(100), (await _cluster.DescribeAsync(_provider)).Gross);
        Assert.Single(faulty.Files.EventsOf(_consumer, "archive").OfType<ConsumerChannelEvent.PromiseAccepted>());
        Assert.Single(faulty.Files.EventsOf(_provider, "archive").OfType<ProviderChannelEvent.CreditsRecorded>());
    }
}
