using AccountantCluster.Protocol;
using Google.Protobuf;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Edge;

/// <summary>From generated messages to values; how each field is read is for <see cref="WireFormat"/> to say.</summary>
internal static class WireReader
{
    /// <summary>A hashlock, or no bytes for null; false when it is malformed.</summary>
    public static bool TryReadHashlock(ByteString bytes, out Hashlock? hashlock)
    {
        hashlock = null;
        if (bytes.IsEmpty) return true;
        var read = WireFormat.TryReadHashlock(bytes.Span, out var value, out _);
        hashlock = value;
        return read;
    }

    /// <summary>A position, or none for null; false when the chain has no such window.</summary>
    public static bool TryReadPosition(Wire.ChainPosition? wire, out ChainPosition? position)
    {
        position = wire is null ? null : new ChainPosition(wire.Instance, wire.Window);
        return wire is null || wire.Window < ProtocolLimits.WindowsPerChain;
    }

    /// <summary>
    /// Everything of a promise but its signature. Reports <see cref="RejectionReason.Malformed"/> before
    /// <see cref="RejectionReason.AmountOutOfRange"/>, wherever the fields stand (protocol §4 rule 1).
    /// </summary>
    public static RejectionReason ReadPromise(
        Wire.ConsumerPromise wire, out Address consumer, out Amount amount, out Hashlock hashlock, out Agreement agreement)
    {
        (amount, hashlock, agreement) = (default, default, default);
        if (!WireFormat.TryReadAddress(wire.Consumer.Span, out consumer, out _)
            || !WireFormat.TryReadHashlock(wire.Hashlock.Span, out hashlock, out _)
            || !WireFormat.TryReadAddress(wire.Provider.Span, out var provider, out _)
            || !WireFormat.TryReadAgreementId(wire.AgreementId.Span, out var id, out _))
        {
            return RejectionReason.Malformed;
        }

        // Only a cover, which is for nobody, has no total (protocol §4 rule 6).
        var mayBeCover = provider.IsZero && id.Value.IsZero;
        WireFormat.TryReadAmount(wire.Amount.Span, allowZero: false, out amount, out var amountReason);
        WireFormat.TryReadAmount(wire.AgreementTotal.Span, allowZero: mayBeCover, out var total, out var totalReason);
        agreement = new Agreement(provider, id, total);
        return amountReason == RejectionReason.Malformed || totalReason == RejectionReason.None ? amountReason : totalReason;
    }
}
