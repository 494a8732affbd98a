using Grpc.Core;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>Calls with bytes of the test's own making.</summary>
internal static class RawCalls
{
    private const string Service = "accountant.v1.ExchangeService";

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly Method<byte[], byte[]> StreamMethod = new(MethodType.DuplexStreaming, Service, "ExchangeStream", Bytes, Bytes);
    private static readonly Method<byte[], byte[]> UnaryMethod = new(MethodType.Unary, Service, "Exchange", Bytes, Bytes);

    public static AsyncDuplexStreamingCall<byte[], byte[]> Stream(EdgeUnderTest edge)
    {
        var options = new CallOptions(cancellationToken: edge.Patience);
        return edge.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(StreamMethod, null, options);
    }

    public static AsyncUnaryCall<byte[]> Exchange(EdgeUnderTest edge, byte[] request, Metadata? headers = null)
    {
        var options = new CallOptions(headers, cancellationToken: edge.Patience);
        return edge.Channel.CreateCallInvoker().AsyncUnaryCall(UnaryMethod, null, options, request);
    }
}
