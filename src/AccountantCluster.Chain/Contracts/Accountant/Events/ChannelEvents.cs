using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A provider channel's balance was raised.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Balance">Its balance after it.</param>
/// <param name="Added">By how much.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record ChannelRebalanced(Address Provider, Amount Balance, Amount Added, LogEntry Log) : IContractEvent<ChannelRebalanced>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("ChannelRebalanced(address indexed,uint256,uint256)");

    /// <inheritdoc/>
    public static ChannelRebalanced Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAmount(), data.ReadAmount(), log);
}

/// <summary>A provider channel's money goes elsewhere from now on.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Beneficiary">Where settlements and returned loans go; zero for the provider itself.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record BeneficiaryChanged(Address Provider, Address Beneficiary, LogEntry Log) : IContractEvent<BeneficiaryChanged>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("BeneficiaryChanged(address indexed,address)");

    /// <inheritdoc/>
    public static BeneficiaryChanged Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAddress(), log);
}

/// <summary>A row of a batch did nothing.</summary>
/// <param name="Row">Which row, from 0.</param>
/// <param name="Subject">Its provider or its consumer channel.</param>
/// <param name="Error">Why.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record RowFailed(ulong Row, Address Subject, ContractError Error, LogEntry Log) : IContractEvent<RowFailed>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("RowFailed(uint256 indexed,address indexed,bytes)");

    /// <inheritdoc/>
    public static RowFailed Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadUInt64(), indexed.ReadAddress(), ContractError.Decode(data.ReadBytes()), log);
}
