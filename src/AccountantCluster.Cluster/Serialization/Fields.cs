using System.Collections.Immutable;
using System.Runtime.Serialization;
using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Google.Protobuf;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Cluster;

/// <summary>
/// The fields of the cluster's own messages, in the forms of <see cref="WireFormat"/>. What does not have its form is refused: it is not
/// ours.
/// </summary>
internal static class Fields
{
    public static ByteString Write(Address value) => UnsafeByteOperations.UnsafeWrap(value.ToArray());

    public static ByteString Write(Bytes32 value) => UnsafeByteOperations.UnsafeWrap(value.ToArray());

    public static ByteString Write(Hashlock value) => Write(value.Value);

    public static ByteString Write(Preimage value) => Write(value.Value);

    public static ByteString Write(Preimage? value) => value is { } r ? Write(r) : ByteString.Empty;

    public static ByteString Write(Amount value) => UnsafeByteOperations.UnsafeWrap(WireFormat.ToWire(value));

    public static ByteString Write(AgreementId value) => UnsafeByteOperations.UnsafeWrap(WireFormat.ToWire(value));

    public static ByteString Write(in Signature value) => UnsafeByteOperations.UnsafeWrap(value.ToArray());

    public static Address ReadAddress(ByteString bytes) =>
        WireFormat.TryReadAddress(bytes.Span, out var value, out _) ? value : throw Refuse("an address");

    public static Bytes32 ReadBytes32(ByteString bytes) =>
        WireFormat.TryReadBytes32(bytes.Span, out var value, out _) ? value : throw Refuse("32 bytes");

    public static Hashlock ReadHashlock(ByteString bytes) => new(ReadBytes32(bytes));

    public static Preimage ReadPreimage(ByteString bytes) => new(ReadBytes32(bytes));

    public static Preimage? ReadOptionalPreimage(ByteString bytes) => bytes.IsEmpty ? null : ReadPreimage(bytes);

    public static Amount ReadAmount(ByteString bytes) =>
        WireFormat.TryReadAmount(bytes.Span, allowZero: true, out var value, out _) ? value : throw Refuse("an amount");

    public static AgreementId ReadAgreementId(ByteString bytes) =>
        WireFormat.TryReadAgreementId(bytes.Span, out var value, out _) ? value : throw Refuse("an agreement id");

    public static Signature ReadSignature(ByteString bytes) =>
        WireFormat.TryReadSignature(bytes.Span, out var value, out _) ? value : throw Refuse("a signature");

    public static RejectionReason ReadReason(int number) =>
        Enum.IsDefined((RejectionReason)number) ? (RejectionReason)number : throw Refuse("a reason");

    public static LaneOutcomeKind ReadLaneOutcomeKind(int number) =>
        Enum.IsDefined((LaneOutcomeKind)number) ? (LaneOutcomeKind)number : throw Refuse("what became of an order");

    public static JobKind ReadJobKind(int number) => Enum.IsDefined((JobKind)number) ? (JobKind)number : throw Refuse("a kind of job");

    public static JobReason ReadJobReason(int number) =>
        Enum.IsDefined((JobReason)number) ? (JobReason)number : throw Refuse("what became of a job");

    public static ushort ReadBasisPoints(uint number) => number <= ushort.MaxValue ? (ushort)number : throw Refuse("a fee in basis points");

    /// <summary>A nested message that must be there.</summary>
    public static T Require<T>(T? message)
        where T : class => message ?? throw Refuse("a nested message");

    public static ImmutableArray<TValue> ReadAll<TWire, TValue>(IReadOnlyCollection<TWire> values, Func<TWire, TValue> read) =>
        [.. values.Select(read)];

    private static SerializationException Refuse(string expected) => new($"A field does not hold {expected}.");
}
