using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Something that was announced and may be carried out for some days (protocol §6). It may have lapsed.</summary>
/// <param name="Amount">At most so much, in token base units.</param>
/// <param name="FinalizableAt">The earliest time, in seconds since 1970, inclusive.</param>
/// <param name="LapsesAt">The latest time, in seconds since 1970, inclusive.</param>
public sealed record AnnouncedRequest(Amount Amount, ulong FinalizableAt, ulong LapsesAt)
{
    // All zero is no request.
    internal static AnnouncedRequest? Read(AbiDecoder data)
    {
        var request = new AnnouncedRequest(data.ReadAmount(), data.ReadUInt64(), data.ReadUInt64());
        return request.FinalizableAt == 0 ? null : request;
    }
}
