using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>The accountant's <c>PromiseSettled</c>: a provider was paid.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Beneficiary">Who got the tokens.</param>
/// <param name="Requested">The promise's amount.</param>
/// <param name="Paid">What was there to pay, the fee included.</param>
/// <param name="Fee">What the transaction maker got of it.</param>
/// <param name="Settled">Total of the channel after it.</param>
/// <param name="Lock">R, public from now on.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record ProviderPromiseSettled(
    Address Provider, Address Beneficiary, Amount Requested, Amount Paid, Amount Fee, Amount Settled, Preimage Lock, LogEntry Log)
    : IContractEvent<ProviderPromiseSettled>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } =
        new("PromiseSettled(address indexed,address indexed,uint256,uint256,uint256,uint256,bytes32)");

    /// <inheritdoc/>
    public static ProviderPromiseSettled Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) => new(
        indexed.ReadAddress(),
        indexed.ReadAddress(),
        data.ReadAmount(),
        data.ReadAmount(),
        data.ReadAmount(),
        data.ReadAmount(),
        new Preimage(data.ReadBytes32()),
        log);
}

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

/// <summary>A provider's loan grew.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Loan">Its loan after it.</param>
/// <param name="Added">By how much.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record LoanIncreased(Address Provider, Amount Loan, Amount Added, LogEntry Log) : IContractEvent<LoanIncreased>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("LoanIncreased(address indexed,uint256,uint256)");

    /// <inheritdoc/>
    public static LoanIncreased Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAmount(), data.ReadAmount(), log);
}

/// <summary>A consumer's promise was cashed by <c>collect</c>.</summary>
/// <param name="Channel">The consumer channel.</param>
/// <param name="Requested">The promise's amount.</param>
/// <param name="Paid">What was there to pay.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record PromiseCollected(Address Channel, Amount Requested, Amount Paid, LogEntry Log) : IContractEvent<PromiseCollected>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("PromiseCollected(address indexed,uint256,uint256)");

    /// <inheritdoc/>
    public static PromiseCollected Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAmount(), data.ReadAmount(), log);
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
