using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// A provider channel as the accountant's contract holds it (protocol §6). It exists for every address, all zero at first.
/// </summary>
/// <param name="Beneficiary">Where settlements go; the provider itself if zero.</param>
/// <param name="Loan">What the provider lent: the balance is refilled up to it.</param>
/// <param name="Returned">Loans returned so far.</param>
/// <param name="Balance">Guaranteed to the provider.</param>
/// <param name="Settled">Total ever settled.</param>
/// <param name="FeesPaid">Total of fees to transaction makers.</param>
/// <param name="Nonce">The channel's counter of signed requests.</param>
public sealed record ProviderChannelOnChain(
    Address Beneficiary, Amount Loan, Amount Returned, Amount Balance, Amount Settled, Amount FeesPaid, ulong Nonce)
{
    internal static ProviderChannelOnChain Read(AbiDecoder data) => new(
        data.ReadAddress(),
        data.ReadAmount(),
        data.ReadAmount(),
        data.ReadAmount(),
        data.ReadAmount(),
        data.ReadAmount(),
        data.ReadUInt64());
}
