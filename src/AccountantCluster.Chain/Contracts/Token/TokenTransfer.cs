using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>ERC-20 <c>Transfer</c>: tokens went from one account to another.</summary>
/// <param name="From">Zero where they were created.</param>
/// <param name="To">Zero where they were destroyed.</param>
/// <param name="Value">How many.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record TokenTransfer(Address From, Address To, Amount Value, LogEntry Log) : IContractEvent<TokenTransfer>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("Transfer(address indexed,address indexed,uint256)");

    /// <inheritdoc/>
    public static TokenTransfer Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), indexed.ReadAddress(), data.ReadAmount(), log);
}
