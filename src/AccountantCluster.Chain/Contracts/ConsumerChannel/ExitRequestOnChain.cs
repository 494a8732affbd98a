using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>The latest exit that a consumer requested (protocol §6). It may have lapsed.</summary>
/// <param name="Beneficiary">Who would get the tokens.</param>
/// <param name="FinalizableAt">The earliest time, in seconds since 1970, inclusive.</param>
/// <param name="LapsesAt">The latest time, in seconds since 1970, inclusive.</param>
public sealed record ExitRequestOnChain(Address Beneficiary, ulong FinalizableAt, ulong LapsesAt)
{
    // All zero is no request.
    internal static ExitRequestOnChain? Read(AbiDecoder data)
    {
        var request = new ExitRequestOnChain(data.ReadAddress(), data.ReadUInt64(), data.ReadUInt64());
        return request.FinalizableAt == 0 ? null : request;
    }
}
