using AccountantCluster.Edge.Tests.Support;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AccountantCluster.Edge.Tests.Exchange;

public class StreamLimitTests
{
    [Fact]
    public async Task A_batch_at_the_limit_is_answered_and_one_above_it_refused_by_name()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { PromisesPerBatch = 40 });
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        var promises = Enumerable.Range(1, 41)
            .Select(i => Promises.Sign(TestKeys.Alice, amount: (ulong)i * 10, total: (ulong)i * 10))
            .ToArray();

        var refused = await stream.ExchangeAsync(1, promises);
        Assert.Empty(edge.Exchange.Requests);
        var accepted = await stream.ExchangeAsync(2, promises[..40]);

        Assert.Equal(Wire.RejectionReason.LimitExceeded, refused.Reason);
        Assert.Equal(41, refused.Promises.Count(result => result.Reason == Wire.RejectionReason.LimitExceeded));
        Assert.Equal(40, accepted.Promises.Count(result => result.Reason == Wire.RejectionReason.Unspecified));
    }

    [Fact]
    public async Task Too_many_reveals_are_refused_by_name()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        var r = ByteString.CopyFrom(Promises.R.Value.ToArray());

        var answer = await stream.ExchangeAsync(new Wire.Batch { Reveals = { Enumerable.Repeat(r, 65) } });

        Assert.Equal(Wire.RejectionReason.LimitExceeded, answer.Reason);
        Assert.Equal(Enumerable.Repeat(Wire.RejectionReason.LimitExceeded, 65), answer.Reveals);
        Assert.Empty(edge.Exchange.Requests);
    }

    [Fact]
    public async Task A_full_batch_in_its_longest_form_fits_into_a_message()
    {
        var limits = new EdgeLimits();
        await using var edge = await EdgeUnderTest.StartAsync(limits);
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        var number = ByteString.CopyFrom(Enumerable.Repeat((byte)0xff, 32).ToArray());
        var longest = Promises.Sign(TestKeys.Alice);
        (longest.Amount, longest.AgreementId, longest.AgreementTotal) = (number, number, number);

        var answer = await stream.ExchangeAsync(new Wire.Batch
        {
            RequestId = ulong.MaxValue,
            Promises = { Enumerable.Repeat(longest, limits.PromisesPerBatch) },
            Reveals = { Enumerable.Repeat(number, limits.RevealsPerBatch) },
            Hashlock = number,
            Position = new Wire.ChainPosition { Instance = ulong.MaxValue, Window = 65_535 },
        });

        Assert.Equal(limits.PromisesPerBatch, answer.Promises.Count(result => result.Reason == Wire.RejectionReason.AmountOutOfRange));
    }

    [Fact]
    public async Task A_message_above_the_limit_ends_the_stream_by_name()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = await edge.OpenAsync(TestKeys.Provider);

        // The edge may refuse before the last byte is sent.
        await Record.ExceptionAsync(() => stream.SendAsync(1, Enumerable.Repeat(Promises.Sign(TestKeys.Alice), 1000).ToArray()));

        await stream.EndsWithAsync(StatusCode.ResourceExhausted, "LIMIT_EXCEEDED");
    }

    [Fact]
    public async Task A_slow_cluster_holds_the_stream_back_at_its_limit()
    {
        const int Limit = 3;
        const int Batches = 40;
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { RequestsInFlightPerStream = Limit });
        using var release = new SemaphoreSlim(0);
        edge.Exchange.Before = (_, cancellation) => release.WaitAsync(cancellation);
        using var stream = await edge.OpenAsync(TestKeys.Provider);

        for (ulong id = 1; id <= Batches; id++) await stream.SendAsync(id, Promises.Sign(TestKeys.Alice));
        await edge.EventuallyAsync(() => edge.Exchange.Requests.Count == Limit);
        // One by one: each answer makes room for one more, and never for two.
        var answered = new HashSet<ulong>();
        while (answered.Count < Batches)
        {
            Assert.InRange(edge.Exchange.Requests.Count, 0, Limit + answered.Count);
            release.Release();
            Assert.True(answered.Add((await stream.AnswerAsync()).RequestId));
        }

        Assert.Equal(Limit, edge.Exchange.Peak);
        Assert.Equal(Batches, edge.Exchange.Requests.Count);
    }

    [Fact]
    public async Task A_caller_that_leaves_its_answers_unread_is_cut_off()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { WriteDeadline = TimeSpan.FromSeconds(2) });
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        var batch = Enumerable.Repeat(new Wire.ConsumerPromise { Consumer = ByteString.CopyFrom(1) }, 200).ToArray();

        // Nothing is read here, so at some point neither side can write; the edge must not wait for ever.
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            for (ulong id = 1; ; id++) await stream.SendAsync(id, batch);
        });

        Assert.False(edge.Patience.IsCancellationRequested);
        await edge.EventuallyAsync(() => edge.Services.GetRequiredService<StreamGate>().Open == 0);
    }

    [Fact]
    public async Task More_than_the_node_can_hold_is_overloaded_and_harms_nothing()
    {
        var limits = new EdgeLimits { PromisesPerBatch = 2, RevealsPerBatch = 1, ItemsInFlight = 3 };
        await using var edge = await EdgeUnderTest.StartAsync(limits);
        var release = new TaskCompletionSource();
        edge.Exchange.Before = (_, _) => release.Task;
        using var stream = await edge.OpenAsync(TestKeys.Provider);

        await stream.SendAsync(1, Promises.Sign(TestKeys.Alice), Promises.Sign(TestKeys.Bob));
        await edge.EventuallyAsync(() => edge.Exchange.Requests.Count == 1);
        var overloaded = await stream.ExchangeAsync(2, Promises.Sign(TestKeys.Alice), Promises.Sign(TestKeys.Bob));
        release.SetResult();
        var accepted = await stream.AnswerAsync();
        var repeated = await stream.ExchangeAsync(2, Promises.Sign(TestKeys.Alice), Promises.Sign(TestKeys.Bob));

        Assert.Equal((2ul, Wire.RejectionReason.Overloaded), (overloaded.RequestId, overloaded.Reason));
        Assert.Equal(1ul, accepted.RequestId);
        Assert.Equal(2, repeated.Promises.Count(result => result.Reason == Wire.RejectionReason.AlreadyCovered));
        Assert.Equal(0, edge.Services.GetRequiredService<ItemsInFlight>().Count);
    }

    [Fact]
    public async Task A_full_verification_queue_is_overloaded_for_batches_and_for_sessions()
    {
        var limits = new EdgeLimits();
        await using var edge = await EdgeUnderTest.StartAsync(limits);
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        using var late = edge.Stream();
        var session = edge.Sign(TestKeys.OtherProvider, await late.ReadChallengeAsync());
        Assert.True(edge.Services.GetRequiredService<VerificationPool>().TryReserve(limits.VerificationQueue));

        var answer = await stream.ExchangeAsync(1, Promises.Sign(TestKeys.Alice));
        await late.SendAsync(session);

        Assert.Equal((Wire.RejectionReason.Overloaded, Wire.RejectionReason.Overloaded), (answer.Reason, answer.Promises[0].Reason));
        Assert.Empty(edge.Exchange.Requests);
        await late.EndsWithAsync(StatusCode.Unavailable, "OVERLOADED");
    }

    [Fact]
    public async Task A_cluster_that_never_answers_leaves_the_outcome_unknown()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { RequestDeadline = TimeSpan.FromMilliseconds(500) });
        edge.Exchange.Before = (_, _) => new TaskCompletionSource().Task;
        using var stream = await edge.OpenAsync(TestKeys.Provider);

        var answer = await stream.ExchangeAsync(1, Promises.Sign(TestKeys.Alice));

        Assert.Equal(Wire.RejectionReason.OutcomeUnknown, answer.Reason);
        Assert.Equal(Wire.RejectionReason.OutcomeUnknown, answer.Promises[0].Reason);
    }
}
