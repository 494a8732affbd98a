using AccountantCluster.Edge.Tests.Support;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace AccountantCluster.Edge.Tests.Exchange;

public class StreamBatchTests
{
    [Fact]
    public async Task An_accepted_promise_is_handed_over_as_it_was_signed_and_answered_with_a_promise()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = await edge.OpenAsync(TestKeys.Provider);

        var answer = await stream.ExchangeAsync(new Wire.Batch
        {
            RequestId = ulong.MaxValue,
            Promises = { Promises.Sign(TestKeys.Alice, amount: 150, total: 120, agreement: 7) },
            Position = new Wire.ChainPosition { Instance = 5, Window = 3 },
        });

        var request = Assert.Single(edge.Exchange.Requests);
        Assert.Equal(TestKeys.Provider.Address, request.Provider);
        Assert.Equal(new ChainPosition(5, 3), request.Position);
        Assert.Null(request.Hashlock);
        Assert.Empty(request.Reveals);
        var verified = Assert.Single(request.Promises);
        Assert.Equal((TestKeys.Alice.Address, Promises.ChannelOf(TestKeys.Alice)), (verified.Consumer, verified.Channel));
        var agreement = new Agreement(TestKeys.Provider.Address, AgreementId.From(7), new Amount(120));
        Assert.Equal(
            new ConsumerPromise(ChannelId.OfConsumer(Promises.ChannelOf(TestKeys.Alice)), new Amount(150), Promises.Lock, agreement),
            verified.Promise);

        Assert.Equal(ulong.MaxValue, answer.RequestId);
        var result = Assert.Single(answer.Promises);
        Assert.Equal(
            (Wire.RejectionReason.Unspecified, Promises.Number(120), Promises.Number(3)), (result.Reason, result.Credited, result.Fee));
        Assert.Equal((Promises.Number(120), Wire.RejectionReason.Unspecified), (answer.Promise.Amount, answer.Reason));
        Assert.Equal(Promises.Lock.Value.ToArray(), answer.Promise.Hashlock.ToByteArray());
        var promise = new ProviderPromise(
            ChannelId.OfProvider(TestKeys.Provider.Address, TestTerms.Terms.Accountant), new Amount(120), Promises.Lock);
        Assert.True(Signature.TryParse(answer.Promise.Signature.Span, out var signature));
        Assert.True(Curve.Default.TryRecover(TestTerms.Domain.Digest(promise), signature, out var signer));
        Assert.Equal(TestKeys.Operator.Address, signer);
        Assert.Equal(
            (Promises.Number(120), Promises.Number(3), Promises.Number(4), Promises.Number(5)),
            (answer.Promised, answer.Settled, answer.Balance, answer.Loan));
    }

    [Fact]
    public async Task Batches_are_answered_as_they_are_ready()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var release = new TaskCompletionSource();
        edge.Exchange.Before = (request, _) =>
            request.Promises[0].Consumer == TestKeys.Alice.Address ? release.Task : Task.CompletedTask;
        using var stream = await edge.OpenAsync(TestKeys.Provider);

        await stream.SendAsync(1, Promises.Sign(TestKeys.Alice));
        await stream.SendAsync(2, Promises.Sign(TestKeys.Bob));
        var first = await stream.AnswerAsync();
        release.SetResult();
        var second = await stream.AnswerAsync();

        Assert.Equal((2ul, 1ul), (first.RequestId, second.RequestId));
    }

    [Fact]
    public async Task Results_of_the_edge_and_of_the_cluster_stand_in_the_order_of_the_batch()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        var forged = Promises.Sign(TestKeys.Alice, amount: 300, total: 300);
        forged.AgreementTotal = Promises.Number(301);

        var answer = await stream.ExchangeAsync(
            1,
            forged,
            Promises.Sign(TestKeys.Named("nobody")),
            Promises.Sign(TestKeys.Alice, amount: 100, total: 100),
            new Wire.ConsumerPromise(),
            Promises.Sign(TestKeys.Alice, amount: 100, total: 100),
            Promises.Sign(TestKeys.Alice, amount: 120, total: 50, agreement: 2));

        Assert.Equal(
            ["InvalidSignature", "UnknownChannel", "Unspecified", "Malformed", "AlreadyCovered", "PromiseTooLow"],
            answer.Promises.Select(result => result.Reason.ToString()));
        Assert.Equal(4, Assert.Single(edge.Exchange.Requests).Promises.Count);
        Assert.Equal(Promises.Number(100), answer.Promise.Amount);
        // The rejection carries what would pass, and the consumer's own signature as proof.
        Assert.Equal(Promises.Number(150), answer.Promises[5].Expected);
        Assert.Equal(Promises.Sign(TestKeys.Alice, amount: 100, total: 100), answer.Promises[5].Proof);
        Assert.Null(answer.Promises[4].Proof);
    }

    [Fact]
    public async Task Reveals_are_handed_over_and_malformed_ones_named_in_their_place()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        var unknown = TestKeys.Word("unknown R").ToArray();

        var answer = await stream.ExchangeAsync(new Wire.Batch
        {
            Reveals =
            {
                ByteString.CopyFrom(unknown),
                ByteString.CopyFrom(unknown.AsSpan(1)),
                ByteString.CopyFrom(Promises.R.Value.ToArray()),
            },
            Hashlock = ByteString.CopyFrom(Promises.Lock.Value.ToArray()),
        });

        Assert.Equal(["UnknownHashlock", "Malformed", "Unspecified"], answer.Reveals.Select(reason => reason.ToString()));
        var request = Assert.Single(edge.Exchange.Requests);
        Assert.Equal([new Preimage(new Bytes32(unknown)), Promises.R], request.Reveals);
        Assert.Equal(Promises.Lock, request.Hashlock);
    }

    [Fact]
    public async Task Rejected_promises_never_reach_the_cluster_and_the_rest_of_the_batch_does()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = await edge.OpenAsync(TestKeys.Provider);

        var answer = await stream.ExchangeAsync(9, new Wire.ConsumerPromise());

        Assert.Equal(Wire.RejectionReason.Malformed, Assert.Single(answer.Promises).Reason);
        Assert.Empty(Assert.Single(edge.Exchange.Requests).Promises);
    }

    public static TheoryData<Wire.Batch> MalformedBatches =>
    [
        new Wire.Batch { Hashlock = ByteString.CopyFrom(new byte[31]) },
        new Wire.Batch { Hashlock = ByteString.CopyFrom(new byte[33]) },
        new Wire.Batch { Position = new Wire.ChainPosition { Window = 65_536 } },
    ];

    [Theory]
    [MemberData(nameof(MalformedBatches))]
    public async Task A_malformed_batch_is_refused_as_a_whole_and_the_stream_lives_on(Wire.Batch malformed)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        var batch = new Wire.Batch(malformed)
        {
            RequestId = 1,
            Promises = { Promises.Sign(TestKeys.Alice), Promises.Sign(TestKeys.Bob) },
            Reveals = { ByteString.CopyFrom(Promises.R.Value.ToArray()) },
        };

        var refused = await stream.ExchangeAsync(batch);
        Assert.Empty(edge.Exchange.Requests);
        var accepted = await stream.ExchangeAsync(2, Promises.Sign(TestKeys.Alice));

        Assert.Equal((1ul, Wire.RejectionReason.Malformed), (refused.RequestId, refused.Reason));
        Assert.Equal([Wire.RejectionReason.Malformed, Wire.RejectionReason.Malformed], refused.Promises.Select(result => result.Reason));
        Assert.Equal([Wire.RejectionReason.Malformed], refused.Reveals);
        Assert.Equal((2ul, Wire.RejectionReason.Unspecified), (accepted.RequestId, accepted.Promises[0].Reason));
    }

    [Fact]
    public async Task A_batch_that_fails_behind_the_seam_has_an_unknown_outcome_and_the_stream_lives_on()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Exchange.Before = (_, _) => throw new InvalidOperationException("a fault");
        using var stream = await edge.OpenAsync(TestKeys.Provider);

        var failed = await stream.ExchangeAsync(1, Promises.Sign(TestKeys.Alice));
        edge.Exchange.Before = (_, _) => Task.CompletedTask;
        var repeated = await stream.ExchangeAsync(2, Promises.Sign(TestKeys.Alice));

        Assert.Equal(Wire.RejectionReason.OutcomeUnknown, failed.Reason);
        Assert.Equal(Wire.RejectionReason.OutcomeUnknown, failed.Promises[0].Reason);
        Assert.Equal(Wire.RejectionReason.Unspecified, repeated.Promises[0].Reason);
    }

    [Fact]
    public async Task A_truncated_message_ends_its_stream_by_name_and_no_other()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var healthy = await edge.OpenAsync(TestKeys.Provider);
        using var call = RawCalls.Stream(edge);
        Assert.True(await call.ResponseStream.MoveNext(edge.Patience));
        var challenge = Wire.ExchangeStreamResponse.Parser.ParseFrom(call.ResponseStream.Current).Challenge;
        var session = new Wire.ExchangeStreamRequest { Session = edge.Sign(TestKeys.OtherProvider, challenge) };
        await call.RequestStream.WriteAsync(session.ToByteArray(), edge.Patience);
        Assert.True(await call.ResponseStream.MoveNext(edge.Patience));

        var promise = Promises.Sign(TestKeys.Alice, provider: TestKeys.OtherProvider);
        var batch = new Wire.ExchangeStreamRequest { Batch = new Wire.Batch { Promises = { promise } } };
        await call.RequestStream.WriteAsync(batch.ToByteArray()[..^10], edge.Patience);

        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(edge.Patience));
        StreamUnderTest.AssertRefused(exception, StatusCode.InvalidArgument, "MALFORMED");
        Assert.Empty(edge.Exchange.Requests);
        Assert.Equal(Wire.RejectionReason.Unspecified, (await healthy.ExchangeAsync(1, Promises.Sign(TestKeys.Alice))).Promises[0].Reason);
    }
}
