using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>An identity was registered with an accountant: its consumer channel exists (paper §4.3).</summary>
/// <param name="Identity">Who registered.</param>
/// <param name="Accountant">With whom.</param>
/// <param name="Channel">The consumer channel.</param>
/// <param name="Loan">What it lent to the accountant.</param>
/// <param name="Beneficiary">Where its settlements as a provider go; the identity itself if zero.</param>
/// <param name="RegistrationFee">What the registry took.</param>
/// <param name="TransactionMaker">Who was paid for sending.</param>
/// <param name="TransactionMakerFee">How much.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record IdentityRegistered(
    Address Identity,
    Address Accountant,
    Address Channel,
    Amount Loan,
    Address Beneficiary,
    Amount RegistrationFee,
    Address TransactionMaker,
    Amount TransactionMakerFee,
    LogEntry Log) : IContractEvent<IdentityRegistered>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } =
        new("IdentityRegistered(address indexed,address indexed,address,uint256,address,uint256,address,uint256)");

    /// <inheritdoc/>
    public static IdentityRegistered Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) => new(
        indexed.ReadAddress(),
        indexed.ReadAddress(),
        data.ReadAddress(),
        data.ReadAmount(),
        data.ReadAddress(),
        data.ReadAmount(),
        data.ReadAddress(),
        data.ReadAmount(),
        log);
}
