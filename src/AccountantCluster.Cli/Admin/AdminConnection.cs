using System.Net.Sockets;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Wire = AccountantCluster.Api.V1;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Cli.Admin;

/// <summary>A node's admin service over the Unix domain socket that the node made.</summary>
internal sealed class AdminConnection : IDisposable
{
    // A channel may have to be recovered from the journal first.
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(30);

    private readonly string _path;
    private readonly GrpcChannel _channel;
    private readonly Wire.AdminService.AdminServiceClient _client;

    /// <summary>A connection; it opens with the first call.</summary>
    public AdminConnection(FileInfo socket)
    {
        if (!Path.Exists(socket.FullName))
            throw new CommandFailedException($"There is no {socket.FullName}: name the node's admin.socket, and check that the node runs.");
        _path = socket.FullName;
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(cancellation) },
            DisposeHttpClient = true,
        });
        _client = new Wire.AdminService.AdminServiceClient(_channel);
    }

    /// <summary>Freezes a consumer's channel, or releases it. Returns the channel's address, once durable.</summary>
    public async Task<Address> FreezeAsync(Address consumer, bool frozen, CancellationToken cancellation)
    {
        var identity = ByteString.CopyFrom(consumer.ToArray());
        return ReadAddress(frozen
            ? (await CallAsync(options => _client.FreezeChannelAsync(new() { Consumer = identity }, options), cancellation)).Channel
            : (await CallAsync(options => _client.UnfreezeChannelAsync(new() { Consumer = identity }, options), cancellation)).Channel);
    }

    /// <summary>How a consumer's channel stands.</summary>
    public async Task<AdminChannelView> ShowAsync(Address consumer, CancellationToken cancellation)
    {
        var identity = ByteString.CopyFrom(consumer.ToArray());
        var wire = await CallAsync(options => _client.GetConsumerChannelAsync(new() { Consumer = identity }, options), cancellation);
        return new AdminChannelView(
            consumer,
            ReadAddress(wire.Channel),
            wire.Registered,
            ReadAmount(wire.Deposited),
            ReadAmount(wire.Promised),
            ReadAmount(wire.Settleable),
            ReadAmount(wire.Credited),
            ReadAmount(wire.Settled),
            wire.Frozen,
            wire.Exiting,
            ReadAmount(wire.Consented));
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellation)
    {
        try
        {
            var deadline = (TimeProvider.System.GetUtcNow() + CallDeadline).UtcDateTime;
            return await call(new CallOptions(deadline: deadline, cancellationToken: cancellation));
        }
        catch (RpcException problem) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailedException(
                problem.Trailers.GetValue(Wire.ReasonTrailer.Name) is null
                    ? $"No node answers at {_path}: {problem.Status.Detail}"
                    : $"The node refuses: {problem.Status.Detail}.",
                problem);
        }
    }

    private static Address ReadAddress(ByteString wire) => WireFormat.TryReadAddress(wire.Span, out var address, out _)
        ? address
        : throw new CommandFailedException("The node answers with something that is no address.");

    private static Amount ReadAmount(ByteString wire) => WireFormat.TryReadAmount(wire.Span, allowZero: true, out var amount, out _)
        ? amount
        : throw new CommandFailedException("The node answers with something that is no amount.");
}
