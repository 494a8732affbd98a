using AccountantCluster.Channels;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Edge.Tests.Support;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AccountantCluster.Edge.Tests.Sessions;

public class StreamSessionTests
{
    [Fact]
    public async Task The_stream_opens_with_a_challenge_and_then_tells_the_terms()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = edge.Stream();

        var challenge = await stream.ReadChallengeAsync();
        await stream.SendAsync(edge.Sign(TestKeys.Provider, challenge));
        var opened = (await stream.ReadAsync()).Opened;

        Assert.Equal(32, challenge.Length);
        Assert.Equal(31337ul, opened.Terms.ChainId);
        Assert.Equal(TestTerms.Terms.Accountant.ToArray(), opened.Terms.Accountant.ToByteArray());
        Assert.Equal(TestTerms.Terms.Registry.ToArray(), opened.Terms.Registry.ToByteArray());
        Assert.Equal(TestTerms.Terms.Token.ToArray(), opened.Terms.Token.ToByteArray());
        Assert.Equal(250u, opened.Terms.FeeBasisPoints);
        Assert.Equal(Promises.Number(10_000), opened.Terms.ExposureLimit);
        Assert.Equal((4u, 8u), (opened.Terms.WindowLimit, opened.Terms.ProviderLimit));
        Assert.Equal(Promises.Number(10), opened.Terms.MinimumFirstPayment);
        Assert.Equal((256u, 8u), (opened.Terms.BatchLimit, opened.Terms.RequestsInFlightLimit));
        Assert.Null(opened.LatestPromise);
        Assert.Null(opened.LatestPosition);
    }

    [Fact]
    public async Task The_terms_tell_the_fee_of_this_moment()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var now = (ulong)edge.Time.GetUtcNow().ToUnixTimeSeconds();

        edge.Fee.Terms = new FeeTerms(250, 400, now);
        Assert.Equal((250u, 250u), await ToldAsync());
        edge.Fee.Terms = new FeeTerms(250, 400, now - ChannelLimits.FeeRaiseGraceSeconds);
        Assert.Equal((400u, 400u), await ToldAsync());
        edge.Fee.Terms = FeeTerms.Of(40);
        Assert.Equal((40u, 40u), await ToldAsync());

        async Task<(uint InGetTerms, uint InSession)> ToldAsync()
        {
            using var stream = edge.Stream();
            var opened = await stream.OpenAsync(TestKeys.Provider);
            var response = await edge.Client.GetTermsAsync(new(), cancellationToken: edge.Patience);
            return (response.Terms.FeeBasisPoints, opened.Terms.FeeBasisPoints);
        }
    }

    [Fact]
    public async Task The_terms_are_the_same_for_a_caller_without_a_session()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = edge.Stream();

        var opened = await stream.OpenAsync(TestKeys.Provider);
        var response = await edge.Client.GetTermsAsync(new(), cancellationToken: edge.Patience);

        Assert.Equal(opened.Terms, response.Terms);
    }

    [Fact]
    public async Task A_provider_that_comes_back_gets_its_latest_promise_and_position()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var first = await edge.OpenAsync(TestKeys.Provider);
        var position = new Wire.ChainPosition { Instance = ulong.MaxValue, Window = 65_535 };
        var answer = await first.ExchangeAsync(new Wire.Batch { Promises = { Promises.Sign(TestKeys.Alice) }, Position = position });

        using var second = edge.Stream();
        var opened = await second.OpenAsync(TestKeys.Provider);

        Assert.NotNull(answer.Promise);
        Assert.Equal(answer.Promise, opened.LatestPromise);
        Assert.Equal(position, opened.LatestPosition);
    }

    [Fact]
    public async Task Every_stream_has_its_own_challenge()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var first = edge.Stream();
        using var second = edge.Stream();

        Assert.NotEqual(await first.ReadChallengeAsync(), await second.ReadChallengeAsync());
    }

    public static TheoryData<string, string> BadSessions => new()
    {
        { "signed by somebody else", "UNAUTHENTICATED" },
        { "names another provider", "UNAUTHENTICATED" },
        { "another challenge", "UNAUTHENTICATED" },
        { "expired", "UNAUTHENTICATED" },
        { "holds for a year", "UNAUTHENTICATED" },
        { "holds for ever", "UNAUTHENTICATED" },
        { "another deadline than signed", "UNAUTHENTICATED" },
        { "v is 29", "UNAUTHENTICATED" },
        { "the wrong v", "UNAUTHENTICATED" },
        { "64 bytes of signature", "UNAUTHENTICATED" },
        { "no signature", "UNAUTHENTICATED" },
        { "31 bytes of challenge", "MALFORMED" },
        { "21 bytes of provider", "MALFORMED" },
        { "empty", "MALFORMED" },
    };

    [Theory]
    [MemberData(nameof(BadSessions))]
    public async Task A_session_that_proves_nothing_is_refused_by_name(string what, string reason)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = edge.Stream();

        await stream.SendAsync(Spoil(what, edge, await stream.ReadChallengeAsync()));

        await stream.EndsWithAsync(reason == "MALFORMED" ? StatusCode.InvalidArgument : StatusCode.Unauthenticated, reason);
    }

    [Fact]
    public async Task A_session_replayed_on_another_stream_is_refused()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var first = edge.Stream();
        var session = edge.Sign(TestKeys.Provider, await first.ReadChallengeAsync());
        await first.SendAsync(session);
        Assert.NotNull((await first.ReadAsync()).Opened);

        using var second = edge.Stream();
        await second.ReadChallengeAsync();
        await second.SendAsync(session);

        await second.EndsWithAsync(StatusCode.Unauthenticated, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task A_batch_before_the_session_is_refused_and_never_reaches_the_cluster()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = edge.Stream();

        await stream.SendAsync(1, Promises.Sign(TestKeys.Alice));

        await stream.EndsWithAsync(StatusCode.Unauthenticated, "UNAUTHENTICATED");
        Assert.Empty(edge.Exchange.Requests);
    }

    [Fact]
    public async Task A_second_session_ends_the_stream()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = await edge.OpenAsync(TestKeys.Provider);

        await stream.SendAsync(new Wire.Session());

        await stream.EndsWithAsync(StatusCode.InvalidArgument, "MALFORMED");
    }

    [Fact]
    public async Task A_stream_that_shows_no_session_ends()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { SessionOpenDeadline = TimeSpan.FromMilliseconds(50) });
        using var stream = edge.Stream();

        await stream.EndsWithAsync(StatusCode.Unauthenticated, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task A_stream_without_batches_ends()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { StreamIdle = TimeSpan.FromMilliseconds(50) });
        using var stream = await edge.OpenAsync(TestKeys.Provider);

        await stream.EndsWithAsync(StatusCode.ResourceExhausted, "LIMIT_EXCEEDED");
    }

    [Fact]
    public async Task A_provider_whose_channel_does_not_answer_is_told_to_ask_again()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Exchange.Answers = false;
        using var stream = edge.Stream();

        await stream.SendAsync(edge.Sign(TestKeys.Provider, await stream.ReadChallengeAsync()));

        await stream.EndsWithAsync(StatusCode.Unavailable, "OUTCOME_UNKNOWN");
    }

    [Fact]
    public async Task An_identity_has_so_many_streams_and_no_more()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { StreamsPerIdentity = 1 });
        using var first = await edge.OpenAsync(TestKeys.Provider);
        using var second = edge.Stream();
        await second.SendAsync(edge.Sign(TestKeys.Provider, await second.ReadChallengeAsync()));
        await second.EndsWithAsync(StatusCode.ResourceExhausted, "LIMIT_EXCEEDED");

        using var another = await edge.OpenAsync(TestKeys.OtherProvider);
        await first.CompleteAsync();
        Assert.True(await first.EndsWellAsync());
        await edge.EventuallyAsync(() => edge.Services.GetRequiredService<StreamGate>().Open == 1);
        using var third = await edge.OpenAsync(TestKeys.Provider);
    }

    [Fact]
    public async Task Streams_above_the_nodes_limit_are_told_to_try_later()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { Streams = 1 });
        using var first = await edge.OpenAsync(TestKeys.Provider);
        using var second = edge.Stream();
        await second.SendAsync(edge.Sign(TestKeys.OtherProvider, await second.ReadChallengeAsync()));

        await second.EndsWithAsync(StatusCode.Unavailable, "OVERLOADED");
    }

    [Fact]
    public async Task Strangers_wait_in_a_room_of_their_own()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { StreamsAwaitingSession = 1 });
        using var stranger = edge.Stream();
        await stranger.ReadChallengeAsync();
        using var refused = edge.Stream();

        await refused.EndsWithAsync(StatusCode.Unavailable, "OVERLOADED");
    }

    private static Wire.Session Spoil(string what, EdgeUnderTest edge, ByteString challenge)
    {
        var session = edge.Sign(TestKeys.Provider, challenge);
        switch (what)
        {
            case "signed by somebody else":
                session.Signature = edge.Sign(TestKeys.OtherProvider, challenge).Signature;
                break;
            case "names another provider":
                session.Provider = ByteString.CopyFrom(TestKeys.OtherProvider.Address.ToArray());
                break;
            case "another challenge":
                return edge.Sign(TestKeys.Provider, ByteString.CopyFrom(TestKeys.Word("challenge").ToArray()));
            case "expired":
                return edge.Sign(TestKeys.Provider, challenge, TimeSpan.FromSeconds(-2));
            case "holds for a year":
                return edge.Sign(TestKeys.Provider, challenge, TimeSpan.FromDays(365));
            case "holds for ever":
                session.Deadline = ulong.MaxValue;
                break;
            case "another deadline than signed":
                session.Deadline++;
                break;
            case "v is 29":
                session.Signature = Signatures.WithV29(session.Signature);
                break;
            case "the wrong v":
                session.Signature = Signatures.WithWrongV(session.Signature);
                break;
            case "64 bytes of signature":
                session.Signature = ByteString.CopyFrom(session.Signature.Span[..64]);
                break;
            case "no signature":
                session.Signature = ByteString.Empty;
                break;
            case "31 bytes of challenge":
                session.Challenge = ByteString.CopyFrom(challenge.Span[..31]);
                break;
            case "21 bytes of provider":
                session.Provider = ByteString.CopyFrom(new byte[21]);
                break;
            case "empty":
                return new Wire.Session();
            default:
                throw new ArgumentOutOfRangeException(nameof(what));
        }
        return session;
    }
}
