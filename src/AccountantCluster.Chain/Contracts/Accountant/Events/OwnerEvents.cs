using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>The accountant's fee changes.</summary>
/// <param name="BasisPoints">The new fee, in hundredths of a percent.</param>
/// <param name="EffectiveFrom">From when on, in seconds since 1970.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record FeeAnnounced(ulong BasisPoints, ulong EffectiveFrom, LogEntry Log) : IContractEvent<FeeAnnounced>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("FeeAnnounced(uint16,uint256)");

    /// <inheritdoc/>
    public static FeeAnnounced Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(data.ReadUInt64(), data.ReadUInt64(), log);
}

/// <summary>The owner will take tokens that are nobody's; until then providers settle from them.</summary>
/// <param name="Amount">At most.</param>
/// <param name="FinalizableAt">The earliest time, in seconds since 1970, inclusive.</param>
/// <param name="LapsesAt">The latest time, in seconds since 1970, inclusive.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record WithdrawalRequested(
    Amount Amount, ulong FinalizableAt, ulong LapsesAt, LogEntry Log)
    : IContractEvent<WithdrawalRequested>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("WithdrawalRequested(uint256,uint256,uint256)");

    /// <inheritdoc/>
    public static WithdrawalRequested Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(data.ReadAmount(), data.ReadUInt64(), data.ReadUInt64(), log);
}

/// <summary>The owner took tokens that were nobody's.</summary>
/// <param name="Owner">Who got them.</param>
/// <param name="Requested">What was announced.</param>
/// <param name="Paid">What was there.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record Withdrawn(Address Owner, Amount Requested, Amount Paid, LogEntry Log) : IContractEvent<Withdrawn>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("Withdrawn(address indexed,uint256,uint256)");

    /// <inheritdoc/>
    public static Withdrawn Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAmount(), data.ReadAmount(), log);
}

/// <summary>Registrations with a loan are refused from now on, or taken again.</summary>
/// <param name="Paused">Whether they are refused.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record NewLoansPauseChanged(bool Paused, LogEntry Log) : IContractEvent<NewLoansPauseChanged>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("NewLoansPauseChanged(bool)");

    /// <inheritdoc/>
    public static NewLoansPauseChanged Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(data.ReadBool(), log);
}

/// <summary>The accountant closes for ever.</summary>
/// <param name="StakeReturnableAt">From when on the owner may take the stake, in seconds since 1970.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record ClosingStarted(ulong StakeReturnableAt, LogEntry Log) : IContractEvent<ClosingStarted>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("ClosingStarted(uint256)");

    /// <inheritdoc/>
    public static ClosingStarted Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(data.ReadUInt64(), log);
}

/// <summary>The owner took stake.</summary>
/// <param name="Owner">Who got it.</param>
/// <param name="Paid">By this return.</param>
/// <param name="Stake">S after it.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record StakeReturned(Address Owner, Amount Paid, Amount Stake, LogEntry Log) : IContractEvent<StakeReturned>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("StakeReturned(address indexed,uint256,uint256)");

    /// <inheritdoc/>
    public static StakeReturned Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAmount(), data.ReadAmount(), log);
}
