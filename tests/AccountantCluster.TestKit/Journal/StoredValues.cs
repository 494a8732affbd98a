using AccountantCluster.Protocol;
using Google.Protobuf;

namespace AccountantCluster.TestKit;

/// <summary>Fields of stored messages, read without the cluster's own code.</summary>
internal static class StoredValues
{
    public static Amount ToAmount(this ByteString bytes)
    {
        var units = UInt128.Zero;
        foreach (var digit in bytes) units = checked((units * 256) + digit);
        return new Amount(units);
    }

    public static Address ToAddress(this ByteString bytes) => new(bytes.Span);

    public static AgreementId ToAgreementId(this ByteString bytes)
    {
        var word = new byte[Bytes32.Length];
        bytes.CopyTo(word, word.Length - bytes.Length);
        return new AgreementId(new Bytes32(word));
    }

    public static Hashlock ToHashlock(this ByteString bytes) => new(new Bytes32(bytes.Span));

    /// <summary>The address at the end of a persistence id.</summary>
    public static Address AddressOf(string persistenceId) =>
        Address.Parse(persistenceId[(persistenceId.IndexOf('-', StringComparison.Ordinal) + 1)..]);
}
