using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A balance was raised above its loan by the operator.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Balance">Its balance after it.</param>
/// <param name="Added">By how much.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record FundsLocked(Address Provider, Amount Balance, Amount Added, LogEntry Log) : IContractEvent<FundsLocked>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("FundsLocked(address indexed,uint256,uint256)");

    /// <inheritdoc/>
    public static FundsLocked Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAmount(), data.ReadAmount(), log);
}

/// <summary>A balance above its loan will be lowered; the provider settles what counts on it before.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Amount">By so much at most.</param>
/// <param name="FinalizableAt">The earliest time, in seconds since 1970, inclusive.</param>
/// <param name="LapsesAt">The latest time, in seconds since 1970, inclusive.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record ReleaseRequested(
    Address Provider, Amount Amount, ulong FinalizableAt, ulong LapsesAt, LogEntry Log)
    : IContractEvent<ReleaseRequested>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("ReleaseRequested(address indexed,uint256,uint256,uint256)");

    /// <inheritdoc/>
    public static ReleaseRequested Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAmount(), data.ReadUInt64(), data.ReadUInt64(), log);
}

/// <summary>A later lock made a request of release void.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record ReleaseCancelled(Address Provider, LogEntry Log) : IContractEvent<ReleaseCancelled>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("ReleaseCancelled(address indexed)");

    /// <inheritdoc/>
    public static ReleaseCancelled Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), log);
}

/// <summary>A balance was lowered, not below its loan.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Balance">Its balance after it.</param>
/// <param name="Released">By how much.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record FundsReleased(Address Provider, Amount Balance, Amount Released, LogEntry Log) : IContractEvent<FundsReleased>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("FundsReleased(address indexed,uint256,uint256)");

    /// <inheritdoc/>
    public static FundsReleased Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAmount(), data.ReadAmount(), log);
}
