using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;
using Google.Protobuf;
using Grpc.Core;

namespace AccountantCluster.EndToEnd.Tests.Hostile;

/// <summary>Calls that are refused as a whole: what is no message, and sessions of somebody else. Each has status and reason.</summary>
[Collection(HostileGroup.Name)]
public sealed class HostileCallTests(HostileScene scene)
{
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(-1);
    private static readonly TimeSpan TooFar = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_truncated_batch_ends_its_stream_as_malformed()
    {
        await using var stream = await scene.Network.OpenStreamAsync(scene.Provider.Key);
        await stream.SendAsync(GoodBatch().ToByteArray()[..^5]);
        await RefusedAsync(stream.ReadAsync(), StatusCode.InvalidArgument, RejectionReason.Malformed);
    }

    [Fact]
    public async Task A_truncated_session_ends_its_stream_as_malformed()
    {
        await using var stream = await scene.Network.BeginStreamAsync();
        await stream.SendAsync(new Wire.ExchangeStreamRequest { Session = OwnSession(stream.Challenge) }.ToByteArray()[..^5]);
        await RefusedAsync(stream.ReadAsync(), StatusCode.InvalidArgument, RejectionReason.Malformed);
    }

    [Fact]
    public async Task A_truncated_unary_request_is_malformed()
    {
        var request = new Wire.ExchangeRequest { Session = await scene.NewSessionAsync(), Batch = GoodBatch().Batch }.ToByteArray();
        await RefusedAsync(CallAsync(request[..^5]), StatusCode.InvalidArgument, RejectionReason.Malformed);
    }

    [Fact]
    public async Task Noise_is_malformed()
    {
        var noise = Enumerable.Range(0, 300).Select(number => (byte)(0xff - (number % 0x100))).ToArray();
        await RefusedAsync(CallAsync(noise), StatusCode.InvalidArgument, RejectionReason.Malformed);
    }

    [Fact]
    public async Task A_frame_that_promises_more_bytes_than_come_is_malformed()
    {
        var message = GoodBatch().ToByteArray();
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length + 1_000);
        message.CopyTo(frame, 5);

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(scene.Network.Node.Endpoint, $"{RawStream.Service}/Exchange"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using var response = await http.SendAsync(request).WithinAsync(scene.Network, "a call with a wrong frame is answered");
        await response.Content.ReadAsByteArrayAsync().WithinAsync(scene.Network, "the answer to a wrong frame ends");

        var reason = response.Headers.Concat(response.TrailingHeaders).Single(header => header.Key == Wire.ReasonTrailer.Name);
        Assert.Equal(RejectionReason.Malformed.ToName(), reason.Value.Single());
        await scene.MustBeUnmovedAsync();
    }

    [Fact]
    public async Task A_message_that_is_too_large_exceeds_a_limit()
    {
        var request = new Wire.ExchangeRequest { Session = await scene.NewSessionAsync(), Batch = GoodBatch().Batch };
        request.Batch.Hashlock = ByteString.CopyFrom(new byte[200_000]);
        await RefusedAsync(CallAsync(request.ToByteArray()), StatusCode.ResourceExhausted, RejectionReason.LimitExceeded);
    }

    [Fact]
    public async Task A_batch_before_the_session_is_unauthenticated()
    {
        await using var stream = await scene.Network.BeginStreamAsync();
        await stream.SendAsync(GoodBatch().ToByteArray());
        await RefusedAsync(stream.ReadAsync(), StatusCode.Unauthenticated, RejectionReason.Unauthenticated);
    }

    [Fact]
    public Task A_session_in_the_name_of_another_provider_is_unauthenticated() => RefusedSessionAsync(
        challenge => Sessions.Sign(scene.Network.Chain.Profile, scene.Provider.Identity, scene.Other.Key, challenge, Sessions.Soon));

    [Fact]
    public Task An_expired_session_is_unauthenticated() =>
        RefusedSessionAsync(challenge => OwnSession(challenge, Sessions.DeadlineIn(Past)));

    [Fact]
    public Task A_session_that_holds_for_too_long_is_unauthenticated() =>
        RefusedSessionAsync(challenge => OwnSession(challenge, Sessions.DeadlineIn(TooFar)));

    [Fact]
    public async Task A_session_that_was_signed_for_another_stream_is_unauthenticated()
    {
        await using var other = await scene.Network.BeginStreamAsync();
        var intercepted = OwnSession(other.Challenge);
        await RefusedSessionAsync(_ => intercepted);
    }

    [Fact]
    public async Task A_session_of_a_unary_call_holds_for_one_call()
    {
        var request = new Wire.ExchangeRequest { Session = await scene.NewSessionAsync(), Batch = new Wire.Batch() }.ToByteArray();
        await CallAsync(request);
        await RefusedAsync(CallAsync(request), StatusCode.Unauthenticated, RejectionReason.Unauthenticated);
    }

    [Fact]
    public async Task A_session_with_a_provider_of_19_bytes_is_malformed()
    {
        await using var stream = await scene.Network.BeginStreamAsync();
        var session = OwnSession(stream.Challenge);
        session.Provider = ByteString.CopyFrom(session.Provider.Span[..19]);
        await stream.SendAsync(session);
        await RefusedAsync(stream.ReadAsync(), StatusCode.InvalidArgument, RejectionReason.Malformed);
    }

    private async Task RefusedSessionAsync(Func<ByteString, Wire.Session> sign)
    {
        await using var stream = await scene.Network.BeginStreamAsync();
        await stream.SendAsync(sign(stream.Challenge));
        await RefusedAsync(stream.ReadAsync(), StatusCode.Unauthenticated, RejectionReason.Unauthenticated);
    }

    private async Task RefusedAsync(Task call, StatusCode status, RejectionReason reason)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call);
        Assert.Equal(status, refusal.StatusCode);
        Assert.Equal(reason.ToName(), refusal.Trailers.GetValue(Wire.ReasonTrailer.Name));
        await scene.MustBeUnmovedAsync();
    }

    private async Task CallAsync(byte[] request)
    {
        var method = new Method<byte[], byte[]>(MethodType.Unary, RawStream.Service, "Exchange", RawStream.Bytes, RawStream.Bytes);
        using var call = scene.Network.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, request);
        await call.ResponseAsync.WithinAsync(scene.Network, "a unary call is answered");
    }

    private Wire.Session OwnSession(ByteString challenge) => OwnSession(challenge, Sessions.Soon);

    private Wire.Session OwnSession(ByteString challenge, ulong deadline) =>
        Sessions.Sign(scene.Network.Chain.Profile, scene.Provider.Identity, scene.Provider.Key, challenge, deadline);

    // It would be accepted if it arrived whole, and then it would be stored.
    private Wire.ExchangeStreamRequest GoodBatch()
    {
        var batch = new Wire.Batch { RequestId = 1 };
        batch.Promises.Add(scene.Promise(scene.Known, amount: 200, total: 100));
        return new Wire.ExchangeStreamRequest { Batch = batch };
    }
}
