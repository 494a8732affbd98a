using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>An accountant's contract was deployed.</summary>
/// <param name="Accountant">The contract.</param>
/// <param name="Owner">Who owns its funds.</param>
/// <param name="Operator">Who signs for it.</param>
/// <param name="Stake">What it put in.</param>
/// <param name="FeeBasisPoints">Its fee, in hundredths of a percent.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record AccountantRegistered(
    Address Accountant, Address Owner, Address Operator, Amount Stake, ulong FeeBasisPoints, LogEntry Log)
    : IContractEvent<AccountantRegistered>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("AccountantRegistered(address indexed,address indexed,address,uint256,uint16)");

    /// <inheritdoc/>
    public static AccountantRegistered Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) => new(
        indexed.ReadAddress(), indexed.ReadAddress(), data.ReadAddress(), data.ReadAmount(), data.ReadUInt64(), log);
}
