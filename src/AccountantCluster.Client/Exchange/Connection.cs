using Grpc.Core;
using Grpc.Net.Client;

namespace AccountantCluster.Client.Exchange;

/// <summary>Opens what all calls of a process to one server share.</summary>
internal static class Connection
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    /// <summary>A connection; it opens with the first call.</summary>
    /// <exception cref="CertificateAuthorityException">The file of authorities is not one of certificates, or cannot be read.</exception>
    public static GrpcChannel Open(Uri endpoint, ExchangeClientOptions options) => GrpcChannel.ForAddress(endpoint, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler
        {
            // A server that went away is noticed within a minute, not within TCP's hours.
            KeepAlivePingDelay = KeepAlive,
            KeepAlivePingTimeout = KeepAlive,
            EnableMultipleHttp2Connections = true,
            SslOptions = CertificateAuthority.Trust(options.CertificateAuthorityFile),
        },
        DisposeHttpClient = true,
    });

    /// <summary>One call with a deadline. What it fails with is said in the caller's words, unless it was cancelled.</summary>
    public static async Task<T> CallAsync<T>(
        Func<CallOptions, AsyncUnaryCall<T>> call,
        TimeSpan deadline,
        TimeProvider time,
        Func<RpcException, Exception> toException,
        CancellationToken cancellation)
    {
        using var end = new CancellationTokenSource(deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellation);
        try
        {
            using var running = call(new CallOptions(cancellationToken: stop.Token));
            return await running;
        }
        catch (RpcException exception)
        {
            cancellation.ThrowIfCancellationRequested();
            throw toException(exception);
        }
    }
}
