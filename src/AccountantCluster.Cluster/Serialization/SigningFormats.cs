using Google.Protobuf;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>Messages to the signer, and its answers.</summary>
internal static class SigningFormats
{
    public static IReadOnlyList<MessageFormat> All { get; } =
    [
        MessageFormat.Of(
            "sg-total-1",
            (SignTotal value) => new Wire.SignTotal
            {
                Provider = Fields.Write(value.Provider),
                Total = SharedFormats.Write(value.Total),
                Number = value.Number,
            },
            wire => new SignTotal(Fields.ReadAddress(wire.Provider), SharedFormats.Read(wire.Total), wire.Number)),
        MessageFormat.Of(
            "sg-promise-1",
            (TotalSigned value) => new Wire.TotalSigned { Promise = SharedFormats.Write(value.Promise) },
            wire => new TotalSigned(SharedFormats.Read(wire.Promise))),
        MessageFormat.Of(
            "sg-exit-1",
            (SignExit value) => new Wire.SignExit
            {
                Channel = Fields.Write(value.Channel),
                Consent = SharedFormats.Write(value.Consent),
                Number = value.Number,
            },
            wire => new SignExit(Fields.ReadAddress(wire.Channel), SharedFormats.Read(wire.Consent), wire.Number)),
        MessageFormat.Of(
            "sg-signature-1",
            (ExitSigned value) => new Wire.ExitSigned
            {
                Signature = value.Signature is { } signature ? Fields.Write(signature) : ByteString.Empty,
            },
            wire => new ExitSigned(wire.Signature.IsEmpty ? null : Fields.ReadSignature(wire.Signature))),
    ];
}
