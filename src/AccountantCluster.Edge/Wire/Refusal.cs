using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace AccountantCluster.Edge;

/// <summary>
/// A call that fails as a whole: its reason by name in the status' detail and in the trailer, under the gRPC status that clients know.
/// </summary>
internal static class Refusal
{
    /// <summary>The exception that ends the call.</summary>
    public static RpcException Because(RejectionReason reason, string detail)
    {
        var name = reason.ToName();
        return new RpcException(new Status(ToStatusCode(reason), $"{name}: {detail}"), new Metadata { { Wire.ReasonTrailer.Name, name } });
    }

    /// <summary>
    /// What it means that a message could not be read; null where the caller went away instead. The library throws what the parser throws,
    /// and its own status for a message that is incomplete (INTERNAL), too large (RESOURCE_EXHAUSTED) or compressed (UNIMPLEMENTED).
    /// </summary>
    public static RpcException? OfUnreadable(Exception exception) => exception switch
    {
        InvalidProtocolBufferException or InvalidDataException => Because(RejectionReason.Malformed, "not a message of this call"),
        RpcException { StatusCode: StatusCode.Internal } => Because(RejectionReason.Malformed, "not one complete message"),
        RpcException { StatusCode: StatusCode.Unimplemented } => Because(RejectionReason.Malformed, "messages are not compressed here"),
        RpcException { StatusCode: StatusCode.ResourceExhausted } => Because(RejectionReason.LimitExceeded, "the message is too large"),
        _ => null,
    };

    private static StatusCode ToStatusCode(RejectionReason reason) => reason switch
    {
        RejectionReason.Unauthenticated => StatusCode.Unauthenticated,
        RejectionReason.LimitExceeded => StatusCode.ResourceExhausted,
        RejectionReason.Overloaded or RejectionReason.OutcomeUnknown => StatusCode.Unavailable,
        _ => StatusCode.InvalidArgument,
    };
}
