using Grpc.Core;
using Grpc.Core.Interceptors;

namespace AccountantCluster.Client.Tests.Support;

/// <summary>
/// The connection is reset under one write of the first stream. HTTP/2 then throws its own exception from the write, which is none of gRPC's; a node that is
/// killed does this now and then, and never when a test waits for it.
/// </summary>
/// <param name="write">Which write of the stream, from 1: the session, then batches.</param>
internal sealed class ResetUnderWrite(int write) : Interceptor
{
    private int _left = write;

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(context);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            new Writer<TRequest>(call.RequestStream, this),
            call.ResponseStream,
            call.ResponseHeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    private sealed class Writer<T>(IClientStreamWriter<T> stream, ResetUnderWrite reset) : IClientStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => stream.WriteOptions;
            set => stream.WriteOptions = value;
        }

        public Task CompleteAsync() => stream.CompleteAsync();

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(T message, CancellationToken cancellationToken) => Interlocked.Decrement(ref reset._left) == 0
            ? Task.FromException(new IOException("The request was aborted."))
            : stream.WriteAsync(message, cancellationToken);
    }
}
