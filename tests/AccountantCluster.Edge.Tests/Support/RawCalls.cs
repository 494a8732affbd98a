using Grpc.Core;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>Calls with bytes of the test's own making.</summary>
internal static class RawCalls
{
    private const string Service = "accountant.v1.ExchangeService";

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    public static AsyncDuplexStreamingCall<byte[], byte[]> Stream(EdgeUnderTest edge) => edge.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(
        new Method<byte[], byte[]>(MethodType.DuplexStreaming, Service, "ExchangeStream", Bytes, Bytes), null, new CallOptions(cancellationToken: edge.Patience));

    public static AsyncUnaryCall<byte[]> Exchange(EdgeUnderTest edge, byte[] request, Metadata? headers = null) => edge.Channel.CreateCallInvoker().AsyncUnaryCall(
        new Method<byte[], byte[]>(MethodType.Unary, Service, "Exchange", Bytes, Bytes), null, new CallOptions(headers, cancellationToken: edge.Patience), request);
}
