using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using AccountantCluster.EndToEnd.Tests.Exchange;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace AccountantCluster.EndToEnd.Tests.Hostile;

/// <summary>Calls that are refused as a whole: what is no message, and sessions of somebody else. Each has its status and its named reason.</summary>
[Collection(HostileGroup.Name)]
public sealed class HostileCallTests(HostileScene scene)
{
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(-1);
    private static readonly TimeSpan TooFar = TimeSpan.FromHours(1);

    [Fact]
    public async Task ATruncatedBatchEndsItsStreamAsMalformed()
    {
        await using var stream = await RawStream.OpenAsync(scene.Network, scene.Provider.Key);
        await stream.SendAsync(GoodBatch().ToByteArray()[..^5]);
        await RefusedAsync(stream.ReadAsync(), StatusCode.InvalidArgument, RejectionReason.Malformed);
    }

    [Fact]
    public async Task ATruncatedSessionEndsItsStreamAsMalformed()
    {
        await using var stream = await RawStream.BeginAsync(scene.Network);
        await stream.SendAsync(new Wire.ExchangeStreamRequest { Session = OwnSession(stream.Challenge) }.ToByteArray()[..^5]);
        await RefusedAsync(stream.ReadAsync(), StatusCode.InvalidArgument, RejectionReason.Malformed);
    }

    [Fact]
    public async Task ATruncatedUnaryRequestIsMalformed()
    {
        var request = new Wire.ExchangeRequest { Session = await scene.NewSessionAsync(), Batch = GoodBatch().Batch }.ToByteArray();
        await RefusedAsync(CallAsync(request[..^5]), StatusCode.InvalidArgument, RejectionReason.Malformed);
    }

    [Fact]
    public async Task NoiseIsMalformed()
    {
        var noise = Enumerable.Range(0, 300).Select(number => (byte)(0xff - (number % 0x100))).ToArray();
        await RefusedAsync(CallAsync(noise), StatusCode.InvalidArgument, RejectionReason.Malformed);
    }

    [Fact]
    public async Task AFrameThatPromisesMoreBytesThanComeIsMalformed()
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

        var reason = response.Headers.Concat(response.TrailingHeaders).Single(header => header.Key == Wire.ReasonTrailer.Name).Value.Single();
        Assert.Equal(RejectionReason.Malformed.ToName(), reason);
        await scene.MustBeUnmovedAsync();
    }

    [Fact]
    public async Task AMessageThatIsTooLargeExceedsALimit()
    {
        var request = new Wire.ExchangeRequest { Session = await scene.NewSessionAsync(), Batch = GoodBatch().Batch };
        request.Batch.Hashlock = ByteString.CopyFrom(new byte[200_000]);
        await RefusedAsync(CallAsync(request.ToByteArray()), StatusCode.ResourceExhausted, RejectionReason.LimitExceeded);
    }

    [Fact]
    public async Task ABatchBeforeTheSessionIsUnauthenticated()
    {
        await using var stream = await RawStream.BeginAsync(scene.Network);
        await stream.SendAsync(GoodBatch().ToByteArray());
        await RefusedAsync(stream.ReadAsync(), StatusCode.Unauthenticated, RejectionReason.Unauthenticated);
    }

    [Fact]
    public Task ASessionInTheNameOfAnotherProviderIsUnauthenticated() => RefusedSessionAsync(
        challenge => Sessions.Sign(scene.Network.Chain.Profile, scene.Provider.Identity, scene.Other.Key, challenge, Sessions.Soon));

    [Fact]
    public Task AnExpiredSessionIsUnauthenticated() => RefusedSessionAsync(
        challenge => Sessions.Sign(scene.Network.Chain.Profile, scene.Provider.Identity, scene.Provider.Key, challenge, Sessions.DeadlineIn(Past)));

    [Fact]
    public Task ASessionThatHoldsForTooLongIsUnauthenticated() => RefusedSessionAsync(
        challenge => Sessions.Sign(scene.Network.Chain.Profile, scene.Provider.Identity, scene.Provider.Key, challenge, Sessions.DeadlineIn(TooFar)));

    [Fact]
    public async Task ASessionThatWasSignedForAnotherStreamIsUnauthenticated()
    {
        await using var other = await RawStream.BeginAsync(scene.Network);
        var intercepted = OwnSession(other.Challenge);
        await RefusedSessionAsync(_ => intercepted);
    }

    [Fact]
    public async Task ASessionOfAUnaryCallHoldsForOneCall()
    {
        var request = new Wire.ExchangeRequest { Session = await scene.NewSessionAsync(), Batch = new Wire.Batch() }.ToByteArray();
        await CallAsync(request);
        await RefusedAsync(CallAsync(request), StatusCode.Unauthenticated, RejectionReason.Unauthenticated);
    }

    [Fact]
    public async Task ASessionWithAProviderOf19BytesIsMalformed()
    {
        await using var stream = await RawStream.BeginAsync(scene.Network);
        var session = OwnSession(stream.Challenge);
        session.Provider = ByteString.CopyFrom(session.Provider.Span[..19]);
        await stream.SendAsync(session);
        await RefusedAsync(stream.ReadAsync(), StatusCode.InvalidArgument, RejectionReason.Malformed);
    }

    private async Task RefusedSessionAsync(Func<ByteString, Wire.Session> sign)
    {
        await using var stream = await RawStream.BeginAsync(scene.Network);
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

    private Wire.Session OwnSession(ByteString challenge) =>
        Sessions.Sign(scene.Network.Chain.Profile, scene.Provider.Identity, scene.Provider.Key, challenge, Sessions.Soon);

    // It would be accepted if it arrived whole, and then it would be stored.
    private Wire.ExchangeStreamRequest GoodBatch()
    {
        var batch = new Wire.Batch { RequestId = 1 };
        batch.Promises.Add(scene.Promise(scene.Known, amount: 200, total: 100));
        return new Wire.ExchangeStreamRequest { Batch = batch };
    }
}
