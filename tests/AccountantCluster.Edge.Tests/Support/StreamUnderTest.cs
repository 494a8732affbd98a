using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>A provider's side of one stream.</summary>
internal sealed class StreamUnderTest(
    EdgeUnderTest edge, AsyncDuplexStreamingCall<Wire.ExchangeStreamRequest, Wire.ExchangeStreamResponse> call) : IDisposable
{
    public async Task<ByteString> ReadChallengeAsync() => (await ReadAsync()).Challenge;

    public async Task<Wire.SessionOpened> OpenAsync(PrivateKey identity)
    {
        await SendAsync(edge.Sign(identity, await ReadChallengeAsync()));
        return (await ReadAsync()).Opened;
    }

    public Task SendAsync(Wire.Session session) => SendAsync(new Wire.ExchangeStreamRequest { Session = session });

    public Task SendAsync(ulong requestId, params Wire.ConsumerPromise[] promises) =>
        SendAsync(new Wire.Batch { RequestId = requestId, Promises = { promises } });

    public Task SendAsync(Wire.Batch batch) => SendAsync(new Wire.ExchangeStreamRequest { Batch = batch });

    public Task SendAsync(Wire.ExchangeStreamRequest message) => call.RequestStream.WriteAsync(message, edge.Patience);

    public Task CompleteAsync() => call.RequestStream.CompleteAsync();

    public async Task<Wire.ExchangeStreamResponse> ReadAsync()
    {
        Assert.True(await call.ResponseStream.MoveNext(edge.Patience), "The stream ended.");
        return call.ResponseStream.Current;
    }

    public async Task<Wire.Answer> AnswerAsync() => (await ReadAsync()).Answer;

    public async Task<Wire.Answer> ExchangeAsync(Wire.Batch batch)
    {
        await SendAsync(batch);
        return await AnswerAsync();
    }

    public Task<Wire.Answer> ExchangeAsync(ulong requestId, params Wire.ConsumerPromise[] promises) =>
        ExchangeAsync(new Wire.Batch { RequestId = requestId, Promises = { promises } });

    /// <summary>Reads to the end; true when it ended well.</summary>
    public async Task<bool> EndsWellAsync() => !await call.ResponseStream.MoveNext(edge.Patience);

    /// <summary>The stream is refused for that reason.</summary>
    public async Task EndsWithAsync(StatusCode status, string reason)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(edge.Patience))
            {
                // What was on its way when the stream ended.
            }
        });
        AssertRefused(exception, status, reason);
    }

    public static void AssertRefused(RpcException exception, StatusCode status, string reason)
    {
        Assert.Equal((status, reason), (exception.StatusCode, exception.Trailers.GetValue(Wire.ReasonTrailer.Name)));
        Assert.StartsWith(reason + ": ", exception.Status.Detail, StringComparison.Ordinal);
    }

    public void Dispose() => call.Dispose();
}
