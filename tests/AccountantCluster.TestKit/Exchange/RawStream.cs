using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace AccountantCluster.TestKit;

/// <summary>One exchange stream, byte by byte: whatever its owner wants to say goes over the wire as it is.</summary>
internal sealed class RawStream : IAsyncDisposable
{
    public const string Service = "accountant.v1.ExchangeService";

    // An answer takes 10 s at most by the edge's own limit.
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(30);

    private readonly AsyncDuplexStreamingCall<byte[], byte[]> _call;

    private RawStream(AsyncDuplexStreamingCall<byte[], byte[]> call, ByteString challenge) => (_call, Challenge) = (call, challenge);

    /// <summary>Bytes go out and come in as they are.</summary>
    public static Marshaller<byte[]> Bytes { get; } = Marshallers.Create(bytes => bytes, bytes => bytes);

    /// <summary>What the accountant wants to see signed.</summary>
    public ByteString Challenge { get; }

    /// <summary>A stream that has been given its challenge.</summary>
    /// <exception cref="RpcException">The node cannot be reached, or refuses.</exception>
    public static async Task<RawStream> BeginAsync(GrpcChannel connection)
    {
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, Service, "ExchangeStream", Bytes, Bytes);
        var call = connection.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, default);
        try
        {
            return new RawStream(call, (await ReadAsync(call)).Challenge);
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// <summary>A stream whose session is open.</summary>
    /// <exception cref="RpcException">The node cannot be reached, or refuses.</exception>
    public static async Task<RawStream> OpenAsync(GrpcChannel connection, AccountantProfile profile, PrivateKey provider)
    {
        var stream = await BeginAsync(connection);
        try
        {
            await stream.SendAsync(Sessions.Sign(profile, provider.Address, provider, stream.Challenge, Sessions.Soon));
            if ((await stream.ReadAsync()).Opened is null) throw new InvalidDataException("Something else came before the session was open.");
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public Task SendAsync(Wire.Session session) => SendAsync(new Wire.ExchangeStreamRequest { Session = session }.ToByteArray());

    public Task SendAsync(Wire.Batch batch) => SendAsync(new Wire.ExchangeStreamRequest { Batch = batch }.ToByteArray());

    public Task SendAsync(byte[] message) => _call.RequestStream.WriteAsync(message);

    /// <summary>The next message.</summary>
    /// <exception cref="RpcException">The stream has ended, or nothing comes.</exception>
    public Task<Wire.ExchangeStreamResponse> ReadAsync() => ReadAsync(_call);

    /// <summary>The answer to a batch that is alone on its way.</summary>
    public async Task<Wire.Answer> ExchangeAsync(Wire.Batch batch)
    {
        await SendAsync(batch);
        return (await ReadAsync()).Answer;
    }

    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<Wire.ExchangeStreamResponse> ReadAsync(AsyncDuplexStreamingCall<byte[], byte[]> call)
    {
        using var deadline = new CancellationTokenSource(AnswerDeadline);
        return await call.ResponseStream.MoveNext(deadline.Token)
            ? Wire.ExchangeStreamResponse.Parser.ParseFrom(call.ResponseStream.Current)
            : throw new RpcException(new Status(StatusCode.Unavailable, "The stream ended."));
    }
}
