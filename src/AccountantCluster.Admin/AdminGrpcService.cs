using AccountantCluster.Cluster;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Admin;

/// <summary>The methods of the admin's service. Whoever reaches them may: the socket's file says who does.</summary>
internal sealed class AdminGrpcService(AdminOptions options, IExchange exchange, IChannelControl control, ILogger<AdminGrpcService> logger)
    : Wire.AdminService.AdminServiceBase
{
    // The socket is open to one user of this machine.
    private const string Who = "local admin";

    /// <inheritdoc/>
    public override async Task<Wire.FreezeChannelResponse> FreezeChannel(Wire.FreezeChannelRequest request, ServerCallContext context) =>
        new() { Channel = Write(await FreezeAsync(request.Consumer, frozen: true, context.CancellationToken)) };

    /// <inheritdoc/>
    public override async Task<Wire.UnfreezeChannelResponse> UnfreezeChannel(Wire.UnfreezeChannelRequest request, ServerCallContext context) =>
        new() { Channel = Write(await FreezeAsync(request.Consumer, frozen: false, context.CancellationToken)) };

    /// <inheritdoc/>
    public override async Task<Wire.GetConsumerChannelResponse> GetConsumerChannel(
        Wire.GetConsumerChannelRequest request, ServerCallContext context)
    {
        var channel = options.ChannelOf(ReadConsumer(request.Consumer));
        var overview = await exchange.GetConsumerAsync(channel, options.ChannelDeadline, context.CancellationToken) ?? throw Unknown();
        return new Wire.GetConsumerChannelResponse
        {
            Channel = Write(channel),
            Registered = overview.Registered,
            Deposited = Write(overview.Deposited),
            Promised = Write(overview.Promised),
            Settleable = Write(overview.Settleable),
            Credited = Write(overview.Credited),
            Settled = Write(overview.Settled),
            Frozen = overview.Frozen,
            Exiting = overview.Exiting,
            Consented = Write(overview.Consented),
        };
    }

    private async Task<Address> FreezeAsync(ByteString wire, bool frozen, CancellationToken cancellation)
    {
        var consumer = ReadConsumer(wire);
        var channel = options.ChannelOf(consumer);
        var what = frozen ? "frozen" : "released";
        if (!await control.FreezeConsumerChannelAsync(channel, frozen, options.ChannelDeadline, cancellation))
        {
            logger.LogWarning("Whether channel {Channel} of {Consumer} is {What}, as the {Who} wants it, is not known.", channel, consumer, what, Who);
            throw Unknown();
        }
        logger.LogWarning("Channel {Channel} of {Consumer} was {What} by the {Who}.", channel, consumer, what, Who);
        return channel;
    }

    private static Address ReadConsumer(ByteString wire) => WireFormat.TryReadAddress(wire.Span, out var consumer, out _)
        ? consumer
        : throw Because(StatusCode.InvalidArgument, RejectionReason.Malformed, "an identity has 20 bytes");

    private static RpcException Unknown() =>
        Because(StatusCode.Unavailable, RejectionReason.OutcomeUnknown, "the channel does not answer; saying it again is harmless");

    private static RpcException Because(StatusCode status, RejectionReason reason, string detail)
    {
        var name = reason.ToName();
        return new RpcException(new Status(status, $"{name}: {detail}"), new Metadata { { Wire.ReasonTrailer.Name, name } });
    }

    private static ByteString Write(Address address) => ByteString.CopyFrom(address.ToArray());

    private static ByteString Write(Amount amount) => ByteString.CopyFrom(WireFormat.ToWire(amount));
}
