using AccountantCluster.Edge.Tests.Support;
using Google.Protobuf;
using Grpc.Core;

namespace AccountantCluster.Edge.Tests.Exchange;

public class UnaryTests
{
    [Fact]
    public async Task One_batch_gets_the_answer_that_a_stream_gives()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        await using var other = await EdgeUnderTest.StartAsync();
        using var stream = await other.OpenAsync(TestKeys.Provider);
        var batch = new Wire.Batch
        {
            RequestId = 3,
            Promises = { Promises.Sign(TestKeys.Alice), new Wire.ConsumerPromise(), Promises.Sign(TestKeys.Named("nobody")) },
            Reveals = { ByteString.CopyFrom(Promises.R.Value.ToArray()), ByteString.CopyFrom(new byte[3]) },
        };

        var response = await edge.Client.ExchangeAsync(
            new() { Session = await edge.SignUnaryAsync(TestKeys.Provider), Batch = batch }, cancellationToken: edge.Patience);

        Assert.Equal(await stream.ExchangeAsync(batch), response.Answer);
        Assert.NotNull(response.Answer.Promise);
    }

    [Fact]
    public async Task A_challenge_holds_for_one_call()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var session = await edge.SignUnaryAsync(TestKeys.Provider);
        await edge.Client.ExchangeAsync(new() { Session = session, Batch = new() }, cancellationToken: edge.Patience);

        await RefusedAsync(edge, session, StatusCode.Unauthenticated, "UNAUTHENTICATED");
        Assert.Single(edge.Exchange.Requests);
    }

    [Fact]
    public async Task A_challenge_expires()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var session = await edge.SignUnaryAsync(TestKeys.Provider);
        var challenge = session.Challenge;
        edge.Time.Ahead = new EdgeLimits().ChallengeLifetime + TimeSpan.FromSeconds(1);

        await RefusedAsync(edge, edge.Sign(TestKeys.Provider, challenge), StatusCode.Unauthenticated, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task A_challenge_of_another_node_or_of_a_stream_or_of_the_callers_own_making_is_none()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        await using var other = await EdgeUnderTest.StartAsync();
        using var stream = edge.Stream();
        ByteString[] challenges =
        [
            (await other.Client.CreateChallengeAsync(new(), cancellationToken: other.Patience)).Challenge,
            await stream.ReadChallengeAsync(),
            ByteString.CopyFrom(Enumerable.Repeat((byte)0xff, 32).ToArray()),
        ];

        foreach (var challenge in challenges)
            await RefusedAsync(edge, edge.Sign(TestKeys.Provider, challenge), StatusCode.Unauthenticated, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task A_failed_signature_does_not_use_the_challenge_up()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var session = await edge.SignUnaryAsync(TestKeys.Provider);
        var forged = session.Clone();
        forged.Provider = ByteString.CopyFrom(TestKeys.OtherProvider.Address.ToArray());

        await RefusedAsync(edge, forged, StatusCode.Unauthenticated, "UNAUTHENTICATED");

        await edge.Client.ExchangeAsync(new() { Session = session, Batch = new() }, cancellationToken: edge.Patience);
    }

    [Fact]
    public async Task A_call_without_session_or_batch_is_refused_by_name()
    {
        await using var edge = await EdgeUnderTest.StartAsync();

        await RefusedAsync(edge, null, StatusCode.Unauthenticated, "UNAUTHENTICATED");
        var session = await edge.SignUnaryAsync(TestKeys.Provider);
        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
            await edge.Client.ExchangeAsync(new() { Session = session }, cancellationToken: edge.Patience));
        StreamUnderTest.AssertRefused(exception, StatusCode.InvalidArgument, "MALFORMED");
    }

    public static TheoryData<string, StatusCode, string> UnreadableRequests => new()
    {
        { "truncated", StatusCode.InvalidArgument, "MALFORMED" },
        { "no protobuf", StatusCode.InvalidArgument, "MALFORMED" },
        { "too large", StatusCode.ResourceExhausted, "LIMIT_EXCEEDED" },
        { "compressed", StatusCode.InvalidArgument, "MALFORMED" },
    };

    [Theory]
    [MemberData(nameof(UnreadableRequests))]
    public async Task A_request_that_cannot_be_read_is_refused_by_name_and_the_next_call_works(
        string what, StatusCode status, string reason)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var request = new Wire.ExchangeRequest
        {
            Session = await edge.SignUnaryAsync(TestKeys.Provider),
            Batch = new() { Promises = { Promises.Sign(TestKeys.Alice) } },
        };
        var bytes = what switch
        {
            "truncated" => request.ToByteArray()[..^20],
            "no protobuf" => Enumerable.Repeat((byte)0xff, 100).ToArray(),
            "too large" => new byte[200_000],
            _ => request.ToByteArray(),
        };
        var headers = what == "compressed" ? new Metadata { { "grpc-internal-encoding-request", "gzip" } } : null;

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await RawCalls.Exchange(edge, bytes, headers));

        StreamUnderTest.AssertRefused(exception, status, reason);
        Assert.Empty(edge.Exchange.Requests);
        await edge.Client.ExchangeAsync(request, cancellationToken: edge.Patience);
    }

    [Fact]
    public async Task Calls_above_the_limit_are_overloaded()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { UnaryCalls = 1 });
        var release = new TaskCompletionSource();
        edge.Exchange.Before = (_, _) => release.Task;
        var first = edge.Client.ExchangeAsync(
            new() { Session = await edge.SignUnaryAsync(TestKeys.Provider), Batch = new() }, cancellationToken: edge.Patience);
        await edge.EventuallyAsync(() => edge.Exchange.Requests.Count == 1);
        var session = await edge.SignUnaryAsync(TestKeys.Provider);

        await RefusedAsync(edge, session, StatusCode.Unavailable, "OVERLOADED");
        release.SetResult();
        await first;

        await edge.Client.ExchangeAsync(new() { Session = session, Batch = new() }, cancellationToken: edge.Patience);
    }

    private static async Task RefusedAsync(EdgeUnderTest edge, Wire.Session? session, StatusCode status, string reason)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
            await edge.Client.ExchangeAsync(new() { Session = session, Batch = new() }, cancellationToken: edge.Patience));
        StreamUnderTest.AssertRefused(exception, status, reason);
    }
}
