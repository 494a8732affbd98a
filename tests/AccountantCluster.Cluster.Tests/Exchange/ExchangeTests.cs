using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Batches through real sharding and a real journal on one node.</summary>
public sealed class ExchangeTests(RunningCluster running) : IClassFixture<RunningCluster>
{
    private readonly ClusterUnderTest _cluster = running.Cluster;

    [Fact]
    public async Task A_batch_of_many_consumers_is_credited_and_signed_in_one_promise()
    {
        var provider = new TestProvider();
        var consumers = Enumerable.Range(0, 40).Select(_ => new TestConsumer()).ToList();
        foreach (var consumer in consumers) await _cluster.DepositAsync(consumer, 1_000);
        var promises = consumers
            .SelectMany(consumer => new[]
            {
                consumer.Promise(100, provider.Hashlock(0), provider, total: 100),
                consumer.Promise(250, provider.Hashlock(0), provider, total: 250),
            })
            .ToArray();
        var position = new ChainPosition(7, 0);

        var answer = await _cluster.ExchangeAsync(provider.Batch(promises) with { Position = position });

        Assert.All(answer.Promises, outcome => Assert.Equal(RejectionReason.None, outcome.Reason));
        Assert.Equal(
            promises.Select((_, index) => index % 2 == 0 ? new Amount(100) : new Amount(150)),
            answer.Promises.Select(outcome => outcome.Credited));
        Assert.Equal(new Amount(150 * 250 / 10_000), answer.Promises[1].Fee);
        Assert.Equal(RejectionReason.None, answer.Reason);
        var signed = Assert.NotNull(answer.Promise);
        Assert.True(provider.Accepts(signed));
        Assert.Equal(provider.Hashlock(0), signed.Promise.Hashlock);
        Assert.Equal(new Amount(40 * 250 * 9_750 / 10_000), signed.Promise.Amount);
        Assert.Equal(signed.Promise.Amount, answer.Promised);

        var overview = await _cluster.DescribeAsync(provider);
        Assert.Equal(new Amount(10_000), overview.Gross);
        Assert.Equal(Amount.Zero, overview.Revealed);
        Assert.Equal((overview.Gross - overview.Promised, Amount.Zero), (overview.Fees, overview.Settleable));
        Assert.Equal(signed, overview.LatestPromise);
        Assert.Equal(position, overview.LatestPosition);
    }

    [Fact]
    public async Task The_same_batch_again_is_covered_and_signs_the_same_total()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 1_000);
        var batch = provider.Batch(consumer.Promise(100, provider.Hashlock(0), provider, total: 100));

        var first = await _cluster.ExchangeAsync(batch);
        var again = await _cluster.ExchangeAsync(batch);

        Assert.Equal(RejectionReason.AlreadyCovered, again.Promises[0].Reason);
        Assert.Equal(Amount.Zero, again.Promises[0].Credited);
        Assert.Equal(first.Promise, again.Promise);
        Assert.Equal(new Amount(100), (await _cluster.DescribeAsync(provider)).Gross);
    }

    [Fact]
    public async Task Concurrent_copies_of_one_batch_count_once()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 1_000);
        var batch = provider.Batch(consumer.Promise(100, provider.Hashlock(0), provider, total: 100));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _cluster.ExchangeAsync(batch)));

        Assert.Equal(1, answers.Count(answer => answer.Promises[0].Reason == RejectionReason.None));
        Assert.Equal(19, answers.Count(answer => answer.Promises[0].Reason == RejectionReason.AlreadyCovered));
        Assert.All(answers, answer => Assert.Equal(answers[0].Promise, answer.Promise));
        Assert.Equal(new Amount(100), (await _cluster.DescribeAsync(provider)).Gross);
    }

    [Fact]
    public async Task A_request_without_promises_asks_for_the_promise_again()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 1_000);
        var first = await _cluster.ExchangeAsync(provider.Batch(consumer.Promise(100, provider.Hashlock(0), provider, total: 100)));

        var again = await _cluster.ExchangeAsync(provider.Batch() with { Hashlock = provider.Hashlock(0) });
        var nameless = await _cluster.ExchangeAsync(provider.Batch());

        Assert.Equal(first.Promise, again.Promise);
        Assert.Null(nameless.Promise);
        Assert.Equal(RejectionReason.UnknownHashlock, nameless.Reason);
        Assert.Equal(first.Promised, nameless.Promised);
    }

    [Fact]
    public async Task A_promise_too_low_is_told_what_passes_with_the_consumers_own_promise_as_proof()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 1_000);
        var accepted = consumer.Promise(100, provider.Hashlock(0), provider, total: 100);
        await _cluster.ExchangeAsync(provider.Batch(accepted));

        var tooLow = consumer.Promise(120, provider.Hashlock(0), provider, total: 50, agreement: 2);
        var answer = await _cluster.ExchangeAsync(provider.Batch(tooLow));

        Assert.Equal(RejectionReason.PromiseTooLow, answer.Promises[0].Reason);
        Assert.Equal(new Amount(150), answer.Promises[0].Expected);
        Assert.Equal(accepted, answer.Promises[0].Proof);
        Assert.Null(answer.Promise);
    }

    [Fact]
    public async Task A_rejected_promise_never_rejects_its_neighbours()
    {
        var (provider, stranger) = (new TestProvider(), new TestProvider());
        var (good, poor, unregistered) = (new TestConsumer(), new TestConsumer(), new TestConsumer());
        await _cluster.DepositAsync(good, 1_000);
        await _cluster.DepositAsync(poor, 10);
        var misplaced = good.Promise(10, provider.Hashlock(0), provider, total: 10) with { Channel = poor.Channel };

        var answer = await _cluster.ExchangeAsync(provider.Batch(
            unregistered.Promise(10, provider.Hashlock(0), provider, total: 10),
            good.Promise(10, provider.Hashlock(0), provider, total: 10),
            good.Promise(20, provider.Hashlock(0), stranger, total: 10),
            poor.Promise(11, provider.Hashlock(0), provider, total: 11),
            misplaced,
            good.Promise(20, provider.Hashlock(0), provider, total: 20)));

        Assert.Equal(
            [
                RejectionReason.UnknownChannel,
                RejectionReason.None,
                RejectionReason.WrongProvider,
                RejectionReason.Overspend,
                RejectionReason.Malformed,
                RejectionReason.None,
            ],
            answer.Promises.Select(outcome => outcome.Reason));
        Assert.Equal(new Amount(20), (await _cluster.DescribeAsync(provider)).Gross);
        Assert.True(provider.Accepts(answer.Promise!.Value));
    }

    [Fact]
    public async Task Two_providers_racing_for_the_same_money_cannot_both_have_it()
    {
        var (one, other, consumer) = (new TestProvider(), new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 100);

        var answers = await Task.WhenAll(
            _cluster.ExchangeAsync(one.Batch(consumer.Promise(100, one.Hashlock(0), one, total: 100))),
            _cluster.ExchangeAsync(other.Batch(consumer.Promise(100, other.Hashlock(0), other, total: 100))));

        Assert.Equal(1, answers.Count(answer => answer.Promises[0].Reason == RejectionReason.None));
        Assert.Equal(1, answers.Count(answer => answer.Promise is not null));
        var gross = (await _cluster.DescribeAsync(one)).Gross + (await _cluster.DescribeAsync(other)).Gross;
        Assert.Equal(new Amount(100), gross);
    }

    [Fact]
    public async Task The_next_window_reveals_the_one_before_to_every_consumer_that_paid_in_it()
    {
        var (provider, stays, leaves) = (new TestProvider(), new TestConsumer(), new TestConsumer());
        await _cluster.DepositAsync(stays, 1_000);
        await _cluster.DepositAsync(leaves, 1_000);
        await _cluster.ExchangeAsync(provider.Batch(
            stays.Promise(100, provider.Hashlock(0), provider, total: 100), leaves.Promise(40, provider.Hashlock(0), provider, total: 40)));
        Assert.Equal(Amount.Zero, (await _cluster.DescribeAsync(leaves)).Settleable);

        var next = await _cluster.ExchangeAsync(provider.Batch(stays.Promise(200, provider.Hashlock(1), provider, total: 200)));

        Assert.Equal(RejectionReason.None, next.Reason);
        Assert.Equal(new Amount(100), (await _cluster.DescribeAsync(stays)).Settleable);
        Assert.Equal(new Amount(140), (await _cluster.DescribeAsync(provider)).Revealed);
        // Nobody but the provider channel tells the one who left.
        await Eventually.BecomesAsync(() => _cluster.DescribeAsync(leaves), overview => overview.Settleable == new Amount(40));
    }

    [Fact]
    public async Task An_explicit_reveal_is_durable_and_an_unknown_one_is_named()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 1_000);
        await _cluster.ExchangeAsync(provider.Batch(consumer.Promise(100, provider.Hashlock(0), provider, total: 100)));

        var answer = await _cluster.ExchangeAsync(provider.Batch() with
        {
            Reveals = [provider.R(0), new TestProvider().R(0), provider.R(0)],
            Hashlock = provider.Hashlock(0),
        });

        Assert.Equal([RejectionReason.None, RejectionReason.UnknownHashlock, RejectionReason.None], answer.Reveals);
        var overview = await _cluster.DescribeAsync(provider);
        Assert.Equal((new Amount(100), new Amount(98), new Amount(2)), (overview.Revealed, overview.Settleable, overview.Fees));
        Assert.True(provider.Accepts(answer.Promise!.Value));
    }

    [Fact]
    public async Task A_second_hashlock_is_signed_under_only_after_the_first_is_revealed()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 1_000);
        await _cluster.ExchangeAsync(provider.Batch(consumer.Promise(100, provider.Hashlock(5), provider, total: 100)));

        // Window 4 is older than 5: its hashlock does not open 5.
        var refused = await _cluster.ExchangeAsync(provider.Batch(consumer.Promise(200, provider.Hashlock(4), provider, total: 200)));

        Assert.Equal(RejectionReason.None, refused.Promises[0].Reason);
        Assert.Null(refused.Promise);
        Assert.Equal(RejectionReason.RevealFirst, refused.Reason);
        var signed = await _cluster.ExchangeAsync(provider.Batch() with { Reveals = [provider.R(5)], Hashlock = provider.Hashlock(4) });
        Assert.Equal(new Amount(200 * 9_750 / 10_000), signed.Promise!.Value.Promise.Amount);
    }

    [Fact]
    public async Task A_cover_makes_what_was_promised_settleable_and_credits_nobody()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 1_000);
        await _cluster.ExchangeAsync(provider.Batch(consumer.Promise(100, provider.Hashlock(0), provider, total: 100)));
        var r = new Preimage(Bytes32.FromUInt128(42));
        var cover = consumer.Cover(100, r.ToHashlock());
        var courier = new TestProvider();

        var withoutR = await _cluster.ExchangeAsync(courier.Batch(cover));
        var answer = await _cluster.ExchangeAsync(courier.Batch(cover) with { Reveals = [r] });

        Assert.Equal(RejectionReason.UnknownHashlock, withoutR.Promises[0].Reason);
        Assert.Equal(RejectionReason.None, answer.Promises[0].Reason);
        Assert.Equal([RejectionReason.None], answer.Reveals);
        Assert.Null(answer.Promise);
        Assert.Equal(new Amount(100), (await _cluster.DescribeAsync(consumer)).Settleable);
        Assert.Equal(Amount.Zero, (await _cluster.DescribeAsync(courier)).Gross);
    }

    [Fact]
    public async Task Overviews_of_what_nobody_ever_saw_are_empty()
    {
        var consumer = await _cluster.DescribeAsync(new TestConsumer());
        var provider = await _cluster.DescribeAsync(new TestProvider());

        Assert.Equal(new ConsumerOverview(false, default, default, default, default, default, null), consumer);
        Assert.Equal(new ProviderOverview(default, default, default, default, default, default, null, null), provider);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_is_refused_whole()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        var promise = consumer.Promise(1, provider.Hashlock(0), provider, total: 1);

        var promises = await _cluster.ExchangeAsync(provider.Batch([.. Enumerable.Repeat(promise, ClusterLimits.PromisesPerBatch + 1)]));
        var reveals = await _cluster.ExchangeAsync(
            provider.Batch() with { Reveals = [.. Enumerable.Repeat(provider.R(0), ClusterLimits.RevealsPerBatch + 1)] });

        Assert.Equal(RejectionReason.LimitExceeded, promises.Reason);
        Assert.All(promises.Promises, outcome => Assert.Equal(RejectionReason.LimitExceeded, outcome.Reason));
        Assert.Equal(RejectionReason.LimitExceeded, reveals.Reason);
        Assert.Equal(ClusterLimits.RevealsPerBatch + 1, reveals.Reveals.Count);
    }

    [Fact]
    public async Task Without_time_nothing_is_begun()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 1_000);
        var batch = provider.Batch(consumer.Promise(100, provider.Hashlock(0), provider, total: 100));

        var late = await _cluster.Exchange.ExchangeAsync(batch, TimeSpan.Zero, default);

        Assert.Equal(RejectionReason.Overloaded, late.Reason);
        Assert.Equal(Amount.Zero, (await _cluster.DescribeAsync(consumer)).Promised);
    }

    [Fact]
    public async Task A_caller_who_has_gone_is_not_answered()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _cluster.Exchange.ExchangeAsync(new TestProvider().Batch(), Accountant.Deadline, gone.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _cluster.Exchange.GetProviderAsync(new TestProvider().Identity, Accountant.Deadline, gone.Token));
    }

    [Fact]
    public async Task A_raised_fee_counts_from_the_credit_after_it()
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await _cluster.DepositAsync(consumer, 10_000);
        await _cluster.ExchangeAsync(provider.Batch(consumer.Promise(1_000, provider.Hashlock(0), provider, total: 1_000)));
        ExchangeAnswer raised;
        try
        {
            _cluster.Fee.Terms = FeeTerms.Of(1_000);
            raised = await _cluster.ExchangeAsync(provider.Batch(consumer.Promise(2_000, provider.Hashlock(0), provider, total: 2_000)));
        }
        finally
        {
            _cluster.Fee.Terms = FeeTerms.Of(Accountant.FeeBasisPoints);
        }

        Assert.Equal(new Amount(100), raised.Promises[0].Fee);
        Assert.Equal(new Amount(2_000 - 25 - 100), raised.Promised);
    }
}
