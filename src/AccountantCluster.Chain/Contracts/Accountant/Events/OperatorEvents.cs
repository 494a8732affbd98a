using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A key will sign for the accountant.</summary>
/// <param name="Operator">Its address.</param>
/// <param name="ValidFrom">When its signatures begin to hold, in seconds since 1970.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record OperatorAdded(Address Operator, ulong ValidFrom, LogEntry Log) : IContractEvent<OperatorAdded>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("OperatorAdded(address indexed,uint256)");

    /// <inheritdoc/>
    public static OperatorAdded Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadUInt64(), log);
}

/// <summary>A key will not sign for the accountant any more; holders of its promises settle or renew them before.</summary>
/// <param name="Operator">Its address.</param>
/// <param name="ValidUntil">When its signatures cease to hold, in seconds since 1970, exclusive.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record OperatorRevoked(Address Operator, ulong ValidUntil, LogEntry Log) : IContractEvent<OperatorRevoked>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("OperatorRevoked(address indexed,uint256)");

    /// <inheritdoc/>
    public static OperatorRevoked Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadUInt64(), log);
}
