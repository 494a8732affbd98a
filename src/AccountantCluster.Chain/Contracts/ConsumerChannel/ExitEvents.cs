using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A consumer wants its tokens back without the accountant's consent. The channel is the log's contract.</summary>
/// <param name="Accountant">Who settles what it holds until then.</param>
/// <param name="Beneficiary">Who will get the tokens.</param>
/// <param name="Nonce">Of the request.</param>
/// <param name="FinalizableAt">The earliest time, in seconds since 1970, inclusive.</param>
/// <param name="LapsesAt">The latest time, in seconds since 1970, inclusive.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record ExitRequested(
    Address Accountant, Address Beneficiary, ulong Nonce, ulong FinalizableAt, ulong LapsesAt, LogEntry Log)
    : IContractEvent<ExitRequested>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("ExitRequested(address indexed,address,uint256,uint256,uint256)");

    /// <inheritdoc/>
    public static ExitRequested Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAddress(), data.ReadUInt64(), data.ReadUInt64(), data.ReadUInt64(), log);
}

/// <summary>All tokens left a consumer channel; it works on with the next deposit. The channel is the log's contract.</summary>
/// <param name="Accountant">Who is concerned.</param>
/// <param name="Beneficiary">Who got them.</param>
/// <param name="Paid">What there was.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record ExitFinalized(Address Accountant, Address Beneficiary, Amount Paid, LogEntry Log) : IContractEvent<ExitFinalized>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("ExitFinalized(address indexed,address,uint256)");

    /// <inheritdoc/>
    public static ExitFinalized Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAddress(), data.ReadAmount(), log);
}

/// <summary>Tokens left a consumer channel with both parties' consent. The channel is the log's contract.</summary>
/// <param name="Accountant">Who consented.</param>
/// <param name="Beneficiary">Who got them.</param>
/// <param name="Paid">Exactly what was signed.</param>
/// <param name="Nonce">Of the consent.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record ConsentedExitPaid(
    Address Accountant, Address Beneficiary, Amount Paid, ulong Nonce, LogEntry Log)
    : IContractEvent<ConsentedExitPaid>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("ConsentedExitPaid(address indexed,address,uint256,uint256)");

    /// <inheritdoc/>
    public static ConsentedExitPaid Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAddress(), data.ReadAmount(), data.ReadUInt64(), log);
}
