using AccountantCluster.Protocol;
using WireFormat = AccountantCluster.Protocol.WireFormat;

namespace AccountantCluster.Edge;

/// <summary>From the wire to a registration.</summary>
internal static class OpeningReader
{
    /// <summary>Reads the fields; none where each has its form, and otherwise why not.</summary>
    public static RejectionReason Read(Wire.OpenChannelRequest wire, out RegisterIdentity registration, out Signature signature)
    {
        (registration, signature) = (default, default);
        if (!WireFormat.TryReadAddress(wire.Identity.Span, out var identity, out var reason)) return reason;
        if (!WireFormat.TryReadAddress(wire.Accountant.Span, out var accountant, out reason)) return reason;
        if (!WireFormat.TryReadAddress(wire.Beneficiary.Span, out var beneficiary, out reason)) return reason;
        if (!WireFormat.TryReadAddress(wire.TransactionMaker.Span, out var maker, out reason)) return reason;
        if (!WireFormat.TryReadAmount(wire.Loan.Span, allowZero: true, out var loan, out reason)) return reason;
        if (!WireFormat.TryReadAmount(wire.Fee.Span, allowZero: true, out var fee, out reason)) return reason;
        if (!WireFormat.TryReadSignature(wire.Signature.Span, out signature, out reason)) return reason;
        registration = new RegisterIdentity(identity, accountant, loan, beneficiary, fee, maker, wire.Deadline);
        return RejectionReason.None;
    }
}
